/** The wheel moves by rows, also where a pixel of the scroll bar stands for many of them. */
import { useEffect } from 'react'

/** @param rowUnits Height of a row, in pixels of a page that is not enlarged. */
export function useWheelRows(
  scroller: { readonly current: HTMLElement | null },
  rowUnits: number,
  move: (rows: number) => void,
): void {
  useEffect(() => {
    const element = scroller.current
    if (element === null) return undefined
    const wheel = (event: WheelEvent): void => {
      if (event.ctrlKey || event.deltaY === 0) return
      event.preventDefault()
      move(event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY : event.deltaY / rowUnits)
    }
    element.addEventListener('wheel', wheel, { passive: false })
    return () => element.removeEventListener('wheel', wheel)
  })
}
