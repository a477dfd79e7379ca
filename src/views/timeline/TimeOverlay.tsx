/** What lies over every time axis: breaks of the show, turns of events, the brushed range, pointer, playhead, scale. */
import { type ReactElement, useEffect, useMemo, useRef } from 'react'
import type { Mark } from '../../stage/marks.ts'
import { lineLabels, type TurnLine } from '../../stage/timeline/line-labels.ts'
import { timeTicks } from '../../stage/timeline/time-ticks.ts'
import { xOf, xOfNs, type TimelineView } from '../../stage/timeline/view.ts'
import { momentText } from '../../stage/words.ts'
import type { SelectedRange } from '../../store/selection-store.ts'
import type { Control } from '../control.ts'
import type { SharedHover } from '../dock/shared-hover.ts'
import { glide } from '../glide.ts'
import type { Theater } from '../theater.ts'

export interface TimeOverlayProps {
  readonly view: TimelineView
  readonly control: Control
  readonly theater: Theater
  readonly hover: SharedHover
  readonly range: SelectedRange | undefined
  readonly marks: readonly Mark[]
  /** Without words and scale, where something else has them. */
  readonly bare?: boolean
}

const TICK_SPACING_UNITS = 92

export function TimeOverlay(props: TimeOverlayProps): ReactElement {
  const { view, marks, range, bare = false } = props
  const { turns, breaks } = useMemo(() => lineLabels(view, marks), [view, marks])
  return (
    <div className="time-overlay" aria-hidden="true">
      {range === undefined ? null : <RangeBox view={view} range={range} />}
      {breaks.map(({ jump, x, widthPx, labelX }) => (
        <div key={jump.fromNs}>
          <div className="time-jump" style={{ left: x, width: widthPx }} title={jump.label}>
            <svg viewBox="0 0 10 80" preserveAspectRatio="none">
              <path d="M5 0 8 13 2 27 8 40 2 53 8 67 5 80" />
            </svg>
          </div>
          {labelX === undefined || bare ? null : (
            <span className="time-jump-words" style={{ left: labelX }}>
              {jump.label}
            </span>
          )}
        </div>
      ))}
      <Turns turns={turns} />
      <Playhead {...props} />
      <HoverLine {...props} />
      {bare ? null : <Scale view={view} />}
    </div>
  )
}

function Scale({ view }: Pick<TimeOverlayProps, 'view'>): ReactElement {
  return (
    <div className="time-scale">
      {timeTicks(view, TICK_SPACING_UNITS * view.unitPx).map(({ x, timeNs, label }) => (
        <span key={timeNs} style={{ left: x }}>
          {label}
        </span>
      ))}
    </div>
  )
}

function RangeBox({
  view,
  range,
}: Pick<TimeOverlayProps, 'view'> & { readonly range: SelectedRange }): ReactElement {
  const from = Math.max(-4, xOfNs(view, range.fromNs))
  const to = Math.min(view.widthPx + 4, xOfNs(view, range.toNs))
  return (
    <div
      className="time-range"
      style={{ left: from, width: Math.max(1, to - from) }}
      hidden={to < 0 || from > view.widthPx}
    />
  )
}

/** Accidents, commands, changes of state. */
function Turns({ turns }: { readonly turns: readonly TurnLine[] }): ReactElement {
  return (
    <>
      {turns.map(({ x, words, hasRoom, mark }) => (
        <div
          key={`${mark.timeNs} ${mark.label}`}
          className="time-turn"
          data-tone={mark.tone}
          style={{ left: x }}
        >
          {hasRoom ? <span>{words}</span> : null}
        </div>
      ))}
    </>
  )
}

/** Glides by whole pixels: it moves when a pixel is due, not every frame. */
function Playhead({ view, control, theater }: TimeOverlayProps): ReactElement {
  const line = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const [left, right] = [-2, view.widthPx + 2]
    const { put, end } = glide(line.current!, `translateX(${left}px)`, `translateX(${right}px)`, right - left)
    let before = NaN
    const stop = theater.onFrame(() => {
      const x = Math.round(Math.min(right, Math.max(left, xOf(view, control.shownMs()))))
      if (x === before) return
      before = x
      put(x - left)
    })
    return () => {
      stop()
      end()
    }
  }, [view, control, theater])
  return <div ref={line} className="timeline-future" />
}

function HoverLine({ view, hover }: TimeOverlayProps): ReactElement {
  const line = useRef<HTMLDivElement>(null)
  useEffect(
    () =>
      hover.subscribe((timeNs) => {
        const element = line.current
        if (element === null) return
        const x = timeNs === undefined ? -1 : xOfNs(view, timeNs)
        element.hidden = x < 0 || x > view.widthPx
        if (timeNs === undefined) return
        element.style.transform = `translateX(${Math.round(x)}px)`
        element.dataset['side'] = x > view.widthPx * 0.8 ? 'left' : 'right'
        const { value, unit } = momentText(timeNs)
        element.firstElementChild!.textContent = `${value} ${unit}`
      }),
    [view, hover],
  )
  return (
    <div ref={line} className="time-hover" hidden>
      <span />
    </div>
  )
}
