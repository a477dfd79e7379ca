/** The line of the show: how far it is, what is worth going to. A slider for the keyboard and for assistive technology. */
import { useEffect, useRef, type PointerEvent, type ReactElement, type ReactNode } from 'react'
import type { Mark } from '../../stage/marks.ts'
import { momentText } from '../../stage/words.ts'
import type { Control } from '../control.ts'
import { glide } from '../glide.ts'
import { useRoom } from '../stage/use-room.ts'
import type { Theater } from '../theater.ts'

export interface ScrubberProps {
  readonly control: Control
  readonly theater: Theater
  readonly marks: readonly Mark[]
  /** More marks, on the whole of it. */
  readonly children: ReactNode
}

export function Scrubber({ control, theater, marks, children }: ScrubberProps): ReactElement {
  const root = useRef<HTMLDivElement>(null)
  const fill = useRef<HTMLDivElement>(null)
  const knob = useRef<HTMLDivElement>(null)
  const widthPx = useRoom(root)?.widthPx ?? 1

  useEffect(() => {
    const glides = [
      glide(fill.current!, 'scaleX(0)', 'scaleX(1)', widthPx),
      glide(knob.current!, 'none', `translateX(${widthPx}px)`, widthPx),
    ]
    let before = NaN
    const stopFrame = theater.onFrame(() => {
      const share = Math.min(1, control.shownMs() / Math.max(1, control.map.totalShownMs))
      const x = Math.round(share * widthPx)
      if (x === before) return
      before = x
      for (const { put } of glides) put(x)
    })
    const stopWords = theater.onWords(() => {
      const { value, unit } = momentText(control.timeNs())
      const total = Math.max(1, control.map.totalShownMs)
      root.current?.setAttribute('aria-valuenow', String(Math.round((control.shownMs() / total) * 100)))
      root.current?.setAttribute('aria-valuetext', `${value} ${unit}`)
    })
    return () => {
      stopFrame()
      for (const { end } of glides) end()
      stopWords()
    }
  }, [control, theater, widthPx])

  const seek = (event: PointerEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.getBoundingClientRect()
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / Math.max(1, box.width)))
    control.seekShown(share * control.map.totalShownMs)
  }
  const press = (event: PointerEvent<HTMLDivElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId)
    seek(event)
  }
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) seek(event)
  }
  const total = Math.max(1, control.map.totalShownMs)
  return (
    <div
      ref={root}
      className="scrubber"
      role="slider"
      tabIndex={0}
      aria-label="position in the show"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={0}
      onPointerDown={press}
      onPointerMove={drag}
    >
      <div className="scrub-line">
        <div ref={fill} className="scrub-fill" />
      </div>
      {control.map.jumps.map((jump) => (
        <span
          key={jump.fromNs}
          className="scrub-jump"
          style={{
            left: `${(jump.fromShownMs / total) * 100}%`,
            width: `${((jump.toShownMs - jump.fromShownMs) / total) * 100}%`,
          }}
          title={jump.label}
        />
      ))}
      {marks.map((mark) => (
        <span
          key={`${mark.timeNs} ${mark.label}`}
          className="scrub-mark"
          data-tone={mark.tone}
          style={{ left: `${(control.map.toShown(mark.timeNs) / total) * 100}%` }}
          title={mark.label}
        />
      ))}
      {children}
      <div ref={knob} className="scrub-knob" />
    </div>
  )
}
