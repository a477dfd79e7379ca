/**
 * A row per task or per CPU: what it did when. Each column of pixels is as high as there are events in it, in the colour of
 * the last of them; an accident is never covered. A thin line: the task sleeps.
 */
import { EventKind, kindName, sectorAt, type EventKindName } from '../../engine/log/index.ts'
import { words, type Column } from '../../lib/column.ts'
import type { RunRecord } from '../../record/run-record.ts'
import { StepSeries } from '../../stats/step-series.ts'
import type { AddressRange } from '../address-colour.ts'
import type { Painter } from '../painter.ts'
import { SpanStage } from '../span-stage.ts'
import { spanColour, type ColourKind } from './colours.ts'
import { columnEdges, type TimelineView } from './view.ts'

const COLUMN_PX = 2
/** A single event is a mark of this share of the row. */
const LEAST_SHARE = 0.45

/** Steps of the stack that a kind belongs to; what is not here belongs to the application and the devices' timers. */
const STAGE_OF: Readonly<Partial<Record<EventKindName, SpanStage>>> = {
  bio_queue: SpanStage.dm,
  bio_clone: SpanStage.dm,
  bio_remap: SpanStage.dm,
  split: SpanStage.dm,
  bio_complete: SpanStage.dm,
  bio_endio: SpanStage.dm,
  choose_path: SpanStage.choose,
  start_io: SpanStage.choose,
  end_io: SpanStage.choose,
  path_hst: SpanStage.choose,
  switch_pg: SpanStage.choose,
  getrq: SpanStage.merge,
  backmerge: SpanStage.merge,
  frontmerge: SpanStage.merge,
  rq_merge: SpanStage.merge,
  plug: SpanStage.merge,
  plug_add: SpanStage.merge,
  unplug: SpanStage.merge,
  rq_insert: SpanStage.merge,
  rq_clone: SpanStage.merge,
  rq_remap: SpanStage.merge,
  rq_issue: SpanStage.device,
  rq_complete: SpanStage.device,
  rq_free: SpanStage.device,
  rq_dispatch_list: SpanStage.retry,
  rq_requeue: SpanStage.retry,
  rq_error: SpanStage.retry,
  bio_defer: SpanStage.retry,
  bio_queue_mpath: SpanStage.retry,
  bio_retry: SpanStage.retry,
  fail_path: SpanStage.retry,
  inject: SpanStage.retry,
  device_state: SpanStage.retry,
}
const STAGE_BY_KIND: Uint8Array = Uint8Array.from(
  { length: 256 },
  (_, kind) => STAGE_OF[kindName(kind)] ?? SpanStage.end,
)

export interface ActivityRow {
  readonly label: string
  /** Indices of its events, and of those among them that are accidents. */
  readonly events: Column<Uint32Array>
  readonly accidents: Column<Uint32Array>
  readonly sleeping: StepSeries
}

export class Activity {
  readonly rows: ActivityRow[] = []
  private readonly record: RunRecord
  private readonly by: 'tasks' | 'cpus'
  private readonly rowByKey = new Map<number, ActivityRow>()
  private read = 0
  constructor(record: RunRecord, by: 'tasks' | 'cpus') {
    this.record = record
    this.by = by
  }

  /** Takes up at most so many new events; false when there were none. */
  readArrivals(atMost: number): boolean {
    const end = Math.min(this.record.eventCount, this.read + atMost)
    const before = this.read
    for (; this.read < end; this.read++) this.event(this.read)
    return this.read > before
  }

  private event(index: number): void {
    const chunk = this.record.chunkOf(index)
    const at = this.record.rowOf(index)
    const kind = chunk.kind[at]!
    const row = this.rowOf(chunk.task[at]!)
    row.events.push(index)
    if (STAGE_BY_KIND[kind] === SpanStage.retry) row.accidents.push(index)
    if (this.by === 'cpus') return
    if (kind === EventKind.task_sleep && row.sleeping.level === 0) row.sleeping.add(chunk.timeNs[at]!, 1)
    if (kind === EventKind.task_wake && row.sleeping.level === 1) row.sleeping.add(chunk.timeNs[at]!, -1)
  }

  private rowOf(task: number): ActivityRow {
    const info = this.record.tables.tasks[task]
    const key = this.by === 'tasks' ? task : (info?.cpu ?? 0)
    const known = this.rowByKey.get(key)
    if (known !== undefined) return known
    const label = this.by === 'tasks' ? (info?.comm ?? `task ${task}`) : `CPU ${key}`
    const row: ActivityRow = { label, events: words(), accidents: words(), sleeping: new StepSeries() }
    this.rowByKey.set(key, row)
    this.rows.push(row)
    return row
  }
}

export interface ActivityPen {
  readonly painter: Painter
  readonly view: TimelineView
  readonly colours: ColourKind
  readonly record: RunRecord
  readonly range: AddressRange
  readonly paths: readonly number[]
}

export function drawActivityRow(pen: ActivityPen, row: ActivityRow, topPx: number, heightPx: number): void {
  const { painter, view, record } = pen
  const columns = Math.ceil(view.widthPx / COLUMN_PX)
  const edges = columnEdges(view, columns)
  const firsts = Uint32Array.from(edges, (ns) => record.indexAtTime(ns) + 1)
  firsts[0] = edges[0] === 0 ? 0 : firsts[0]!
  const counts = countsBetween(row.events, firsts)
  const bad = countsBetween(row.accidents, firsts)
  const most = counts.reduce((max, count) => Math.max(max, count), 1)
  for (let column = 0; column < columns; column++) {
    const count = counts[column]!
    const x = column * COLUMN_PX
    if (count === 0) {
      if (row.sleeping.mean(edges[column]!, edges[column + 1]!) <= 0.5) continue
      painter.ink('faint')
      painter.plain(x, topPx + heightPx / 2, COLUMN_PX, Math.max(1, view.unitPx))
      continue
    }
    const share = LEAST_SHARE + (1 - LEAST_SHARE) * (Math.log(count) / Math.log(Math.max(2, most)))
    painter.ink(
      bad[column]! > 0
        ? 'bad'
        : colourOf(pen, row.events.at(row.events.firstNotBelow(firsts[column + 1]!) - 1)),
    )
    painter.plain(x, topPx + heightPx * (1 - share), COLUMN_PX, heightPx * share)
  }
}

/** How many indices lie between neighbouring edges. */
export function countsBetween(indices: Column<Uint32Array>, firsts: Uint32Array): Uint32Array {
  const at = Uint32Array.from(firsts, (first) => indices.firstNotBelow(first))
  return Uint32Array.from({ length: firsts.length - 1 }, (_, i) => at[i + 1]! - at[i]!)
}

function colourOf(
  { colours, record, range, paths }: ActivityPen,
  index: number,
): ReturnType<typeof spanColour> {
  const chunk = record.chunkOf(index)
  const row = record.rowOf(index)
  const stage = STAGE_BY_KIND[chunk.kind[row]!]! as SpanStage
  const path = paths.indexOf(chunk.dev[row]!)
  const hasAddress = colours === 'address' && chunk.size[row]! > 0 && stage !== SpanStage.end
  const asDevice = hasAddress || (colours === 'path' && path >= 0)
  return spanColour(
    colours,
    { stage: asDevice ? SpanStage.device : stage, sector: sectorAt(chunk, row), path },
    range,
  )
}
