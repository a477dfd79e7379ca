/**
 * One lane on the page: title, topology, canvas, sentence. React builds it once per size; after that the theater draws
 * and writes into it.
 */
import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
  lazy,
  Suspense,
  type PointerEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactElement,
} from 'react'
import { EventKind, type QueueMode } from '../../engine/log/index.ts'
import { objectId, type ObjectId } from '../../record/places.ts'
import type { RunRecord } from '../../record/run-record.ts'
import type { Caption } from '../../stage/caption.ts'
import { LaneShow, shapeOf } from '../../stage/lane-show.ts'
import { layoutLane, MOST_PATHS } from '../../stage/layout/layout.ts'
import { capital, thingName } from '../../stage/names.ts'
import type { SelectedRange } from '../../store/selection-store.ts'
import { telling } from '../telling.ts'
import { write, writeText } from '../write-text.ts'
import type { Theater } from '../theater.ts'
import { liveTexts, type LiveTexts } from '../../stage/live.ts'
import type { LaneAsides } from './lane-asides.ts'
import type { CanvasTheme } from './canvas-painter.ts'
import { pointIn } from './lane-point.ts'
import type { LaneZoom } from './lane-zoom.ts'
import { LanePainter } from './lane-painter.ts'
import { LaneTitle } from './LaneTitle.tsx'
import { LaneTopology } from './LaneTopology.tsx'
import { at } from './place.ts'
import { LiveLabels } from './live-labels.ts'
import { useRoom } from './use-room.ts'
import { writeTip } from './tip.ts'
import { queueAt } from '../../stage/layout/queue-at.ts'

const QueueZoom = lazy(() => import('./QueueZoom.tsx'))

const LANE_NAMES: Readonly<Record<QueueMode, string>> = {
  bio: 'bio-based',
  rq: 'request-based',
  native: 'native NVMe multipath',
  single: 'single device',
}

export interface LaneViewProps {
  readonly lane: number
  readonly record: RunRecord
  readonly theater: Theater
  readonly theme: CanvasTheme
  readonly followed: ObjectId | undefined
  /** Time that is brushed: its I/Os are lit. */
  readonly range: SelectedRange | undefined
  readonly onPick: (lane: number, id: ObjectId | undefined) => void
}

export function LaneView({
  lane,
  record,
  theater,
  theme,
  followed,
  range,
  onPick,
}: LaneViewProps): ReactElement {
  const host = useRef<HTMLElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const caption = useRef<HTMLParagraphElement>(null)
  const tip = useRef<HTMLDivElement>(null)
  const pointed = useRef<HTMLSpanElement>(null)
  const painter = useRef<LanePainter>(undefined)
  const room = useRoom(host)
  const letter = String.fromCharCode(65 + lane)
  const show = useMemo(() => new LaneShow(record, letter), [record, letter])
  const zoomed = useSyncExternalStore(theater.stage.subscribe, theater.stage.zoomed)
  const shape = useMemo(() => shapeOf(record), [record])
  const layout = useMemo(() => (room === undefined ? undefined : layoutLane(shape, room)), [shape, room])

  const openQueueAt = useCallback(
    (element: Element, clientX: number, clientY: number): void => {
      const { x, y } = pointIn(element, clientX, clientY)
      const dev = layout === undefined ? undefined : queueAt(layout, x, y)
      if (dev !== undefined) theater.stage.zoom({ lane, dev })
    },
    [layout, theater, lane],
  )

  useLayoutEffect(() => {
    if (layout === undefined || canvas.current === null) return
    painter.current = new LanePainter(canvas.current, theme)
    show.setLayout(layout)
    painter.current.sharpen(1, show)
    return () => painter.current?.close()
  }, [show, layout, theme])

  useEffect(() => {
    if (layout === undefined || host.current === null) return
    const labels = new LiveLabels(host.current)
    const texts: LiveTexts = new Map()
    let words: Caption | undefined
    let asides: LaneAsides | undefined
    let zoom: LaneZoom | undefined
    const element = host.current
    const detach = theater.attach(lane, { show, painter: (playing) => painter.current?.of(show, playing) })
    const look = theater.onFrame(() => asides?.lookAhead(theater.playing))
    const silence = theater.onWords((nowMs) => {
      labels.write(liveTexts({ picture: show.picture, shape, result: record.result }, texts))
      const found = telling()
      if (found === undefined) {
        theater.sayAgain()
        return
      }
      words ??= new found.Caption()
      asides ??= found.asidesOf(show, shape)
      zoom ??= new found.LaneZoom(element, {
        onSettled: (scale) => painter.current?.sharpen(scale, show),
        onDeeper: (x, y) => openQueueAt(element, x, y),
      })
      labels.write(asides.texts())
      if (asides.owing) theater.sayAgain()
      const text = words.next(show, theater.playing, nowMs)
      const said = caption.current
      if (text === undefined || said === null) return
      const fit = found.fitOf(text, layout.sentence, layout.unitPx, theme.textScale)
      write(said, () => {
        said.style.setProperty('--fit', fit.toFixed(2))
        writeText(said, text)
      })
    })
    return () => {
      zoom?.close()
      look()
      silence()
      detach()
    }
  }, [show, shape, record, theater, theme, lane, layout, openQueueAt])

  useEffect(() => show.follow(followed ?? 0), [show, followed])
  useEffect(() => show.light(range), [show, range])

  const { header } = record
  const tooMany = shape.paths.length > MOST_PATHS
  const point = (event: PointerEvent<HTMLElement>): void => {
    const box = event.currentTarget.getBoundingClientRect()
    const { x, y } = pointIn(event.currentTarget, event.clientX, event.clientY)
    const id = zoomed?.lane === lane ? undefined : show.idAt(x, y)
    if (tip.current !== null)
      writeTip(tip.current, show, id, event.clientX - box.left, event.clientY - box.top, box)
  }
  const pick = (event: MouseEvent<HTMLElement>): void => {
    const { x, y } = pointIn(event.currentTarget, event.clientX, event.clientY)
    onPick(lane, show.idAt(x, y))
  }
  const walk = (event: KeyboardEvent<HTMLElement>): void => {
    const focused = event.target instanceof HTMLElement ? event.target.dataset['queue'] : undefined
    if (event.key === 'Enter' && focused !== undefined) {
      theater.stage.zoom({ lane, dev: Number(focused) })
      return
    }
    if (event.key === 'Enter' && show.cursor !== 0) onPick(lane, objectId(show.cursor))
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    const id = show.moveCursor(event.key === 'ArrowDown' ? 1 : -1)
    const name = id === 0 ? 'nothing is on the stage' : capital(thingName({ header, facts: show.facts }, id))
    if (pointed.current !== null) pointed.current.textContent = name
  }
  return (
    <section
      ref={host}
      className="lane"
      data-mode={header.mode}
      data-lane={lane}
      role="group"
      tabIndex={0}
      aria-label={`lane ${letter}, ${LANE_NAMES[header.mode]}`}
      aria-description="arrow down and up move a cursor over the I/Os, Enter follows one; z opens a queue"
      onClick={pick}
      onKeyDown={walk}
      onDoubleClick={(event) => openQueueAt(event.currentTarget, event.clientX, event.clientY)}
      onPointerMove={point}
      onPointerLeave={() => tip.current?.setAttribute('hidden', '')}
      onBlur={() => show.hideCursor()}
    >
      {layout === undefined || tooMany ? null : (
        <div className="lane-stage">
          <LaneTitle letter={letter} mode={header.mode} box={layout.title} />
          <LaneTopology header={header} layout={layout} appName={appName(record)} />
          <p ref={caption} className="lane-sentence" style={at(layout.sentence)} />
        </div>
      )}
      {tooMany ? <TooManyPaths paths={header.paths.length} /> : null}
      <canvas ref={canvas} className="lane-canvas" aria-hidden="true" hidden={tooMany} />
      <div ref={tip} className="tip" role="tooltip" hidden>
        <b />
        <span />
        <em />
      </div>
      {zoomed?.lane === lane ? (
        <Suspense fallback={null}>
          <QueueZoom
            show={show}
            dev={zoomed.dev}
            theater={theater}
            theme={theme}
            onPick={(id) => onPick(lane, objectId(id))}
            onClose={() => theater.stage.zoom(undefined)}
          />
        </Suspense>
      ) : null}
      <span ref={pointed} className="visually-hidden" aria-live="polite" />
    </section>
  )
}

/** The scoreboard, the timeline and the words go on; the stage would be too narrow to be read. */
function TooManyPaths({ paths }: { readonly paths: number }): ReactElement {
  return (
    <p className="lane-problem-text" role="note">
      The table has {paths} paths, the stage draws up to {MOST_PATHS}: name fewer in the table to see them.
      The figures beside and the timeline below count all {paths}.
    </p>
  )
}

/** Events looked at for the first submission. */
const HEAD_EVENTS = 1000

/** The task that submits first: what the trace calls it. */
function appName(record: RunRecord): string {
  for (let i = 0; i < Math.min(HEAD_EVENTS, record.eventCount); i++)
    if (record.kindAt(i) === EventKind.io_submit)
      return record.tables.tasks[record.eventAt(i).task]?.comm ?? ''
  return ''
}
