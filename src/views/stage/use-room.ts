/** Size of an element in CSS pixels, and the unit of the stage (a tenth of the root's font size), renewed on resize. */
import { useLayoutEffect, useState, type RefObject } from 'react'
import type { Room } from '../../stage/layout/parts.ts'

export function useRoom(host: RefObject<HTMLElement | null>): Room | undefined {
  const [room, setRoom] = useState<Room>()
  useLayoutEffect(() => {
    const element = host.current
    if (element === null) return
    const measure = (): void => {
      const unitPx = parseFloat(getComputedStyle(document.documentElement).fontSize) / 10
      const next: Room = { widthPx: element.clientWidth, heightPx: element.clientHeight, unitPx }
      setRoom((before) => (before !== undefined && same(before, next) ? before : next))
    }
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    measure()
    return () => observer.disconnect()
  }, [host])
  return room
}

function same(a: Room, b: Room): boolean {
  return a.widthPx === b.widthPx && a.heightPx === b.heightPx && a.unitPx === b.unitPx
}
