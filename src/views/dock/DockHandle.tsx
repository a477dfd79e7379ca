/** The upper edge of the dock: drag it, or move it with the arrow keys. */
import { useRef, type KeyboardEvent, type PointerEvent, type ReactElement } from 'react'

export interface DockHandleProps {
  readonly heightRem: number
  /** Undefined: the panel's own height. */
  readonly onHeight: (rem: number | undefined) => void
  readonly min: number
  readonly max: number
}

const STEP_REM = 2
const PAGE_REM = 10

function remPx(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize)
}

export function DockHandle({ heightRem, onHeight, min, max }: DockHandleProps): ReactElement {
  const grip = useRef<{ y: number; rem: number }>(undefined)
  const keys: Readonly<Record<string, number>> = {
    ArrowUp: heightRem + STEP_REM,
    ArrowDown: heightRem - STEP_REM,
    PageUp: heightRem + PAGE_REM,
    PageDown: heightRem - PAGE_REM,
    Home: min,
    End: Math.floor(window.innerHeight / remPx()),
  }
  const press = (event: KeyboardEvent): void => {
    const rem = keys[event.key]
    if (rem === undefined && event.key !== 'Enter') return
    event.preventDefault()
    onHeight(rem === undefined ? undefined : clamp(rem))
  }
  const clamp = (rem: number): number => Math.min(max, window.innerHeight / remPx(), Math.max(min, rem))
  const take = (event: PointerEvent<HTMLDivElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId)
    const dock = event.currentTarget.parentElement?.getBoundingClientRect().height
    grip.current = { y: event.clientY, rem: (dock ?? heightRem * remPx()) / remPx() }
  }
  const move = (event: PointerEvent): void => {
    if (grip.current === undefined) return
    onHeight(clamp(grip.current.rem + (grip.current.y - event.clientY) / remPx()))
  }
  const drop = (): void => {
    grip.current = undefined
  }
  return (
    <div
      className="dock-handle"
      role="separator"
      aria-orientation="horizontal"
      aria-label="height of the dock"
      aria-valuemin={min}
      aria-valuemax={max}
      aria-valuenow={Math.round(heightRem)}
      title="drag for more room; double click for the usual height"
      tabIndex={0}
      onKeyDown={press}
      onPointerDown={take}
      onPointerMove={move}
      onPointerUp={drop}
      onPointerCancel={drop}
      onDoubleClick={() => onHeight(undefined)}
    />
  )
}
