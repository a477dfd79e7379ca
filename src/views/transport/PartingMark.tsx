/**
 * Where the lanes part, on a line of the whole show: a press goes exactly there, a drag goes on from there. For the pointer
 * alone; the key `d` and the button between the lanes do the same.
 */
import { useEffect, useMemo, useState, type PointerEvent, type ReactElement } from 'react'
import { durationText } from '../../lib/duration.ts'
import type { Control } from '../control.ts'
import { partingOf } from '../stage/parting-of.ts'
import type { Theater } from '../theater.ts'
import './parting.css'

export interface PartingMarkProps {
  readonly control: Control
  readonly theater: Theater
}

/** Nearer to the end the flag flies to the left of its staff. */
const FLAG_LEFT_FROM = 0.9

/** Stands in an element that is as wide as the whole show. */
export default function PartingMark({ control, theater }: PartingMarkProps): ReactElement | null {
  const find = useMemo(() => partingOf(theater, 0, 1), [theater])
  const [ns, setNs] = useState<number>()
  useEffect(() => {
    const silences = [theater.onArrivals(() => setNs(find())), theater.onWords(() => setNs(find()))]
    return () => {
      for (const silence of silences) silence()
    }
  }, [theater, find])
  if (ns === undefined) return null
  const press = (event: PointerEvent<HTMLElement>): void => {
    event.stopPropagation()
    control.seekNs(ns)
    event.currentTarget.parentElement?.setPointerCapture(event.pointerId)
  }
  const share = control.map.toShown(ns) / Math.max(1, control.map.totalShownMs)
  const left = share > FLAG_LEFT_FROM
  return (
    <span
      className="parting-mark"
      data-side={left ? 'left' : 'right'}
      title={`lanes A and B part at ${durationText(ns, 4)} (d)`}
      style={left ? { right: `${(1 - share) * 100}%` } : { left: `${share * 100}%` }}
      onPointerDown={press}
    >
      <b>A≠B</b>
    </span>
  )
}
