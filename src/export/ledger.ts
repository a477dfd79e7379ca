/** What a run has cost: CPU time by step and task, objects and bytes, every figure with its source. */
import {
  CALIBRATION,
  COST_TABLE,
  type CostSource,
  type EventChunk,
  OBJECT_SIZES,
  type ObjectSize,
} from '../engine/log/index.ts'
import { foldRows } from '../record/fold.ts'
import { type Ledger, ledgerOfPicture } from '../record/ledger/ledger.ts'
import { Picture } from '../record/picture.ts'
import { type Sources, table, type TextWriter } from './sources.ts'

/** Follows the chunks of a run and keeps none of them. */
export class LedgerFold {
  private readonly sources: Sources
  private readonly picture: Picture
  private events = 0

  constructor(sources: Sources) {
    this.sources = sources
    this.picture = new Picture(sources.header)
  }

  chunk(chunk: EventChunk): void {
    foldRows(
      this.picture,
      chunk,
      { from: 0, stop: chunk.count, base: this.events },
      this.sources.tables.strings,
    )
    this.events += chunk.count
  }

  read(): Ledger {
    return ledgerOfPicture(this.picture, this.sources.tables.tasks)
  }
}

export function createLedgerWriter(sources: Sources): TextWriter {
  const { header } = sources
  const fold = new LedgerFold(sources)
  return {
    head: () => `${header.scenario}, ${header.mode} mode, kernel ${header.kernel}: ${header.about}\n\n`,
    chunk: (chunk) => {
      fold.chunk(chunk)
      return ''
    },
    tail: () => ledgerText(fold.read()),
  }
}

function ledgerText(ledger: Ledger): string {
  return [stepTable(ledger), taskTable(ledger), objectTable(ledger), NOTES].join('\n')
}

/** The steps that happened; what they sum up to. */
export function stepTable(ledger: Ledger, withSources = true): string {
  const ios = Math.max(1, ledger.iosBegun)
  const rows = ledger.steps.flatMap(({ step, times, ns }, at) => {
    const { ns: each, what, source } = COST_TABLE[at]!
    if (times === 0) return []
    const cells = [step, (times / ios).toFixed(3), String(each), (ns / ios).toFixed(0)]
    return [withSources ? [...cells, sourceText(source), what] : cells]
  })
  const heading = ['CPU', 'times per I/O', 'ns each', 'ns per I/O']
  const sum = ['sum', '', '', (ledger.cpuNs / ios).toFixed(0)]
  return withSources
    ? table([[...heading, 'from', 'step'], ...rows, [...sum, '', `of ${ledger.iosBegun} I/Os`]])
    : table([heading, ...rows, sum])
}

function taskTable({ tasks, iosBegun }: Ledger): string {
  const ios = Math.max(1, iosBegun)
  const rows = tasks.map(({ comm, context, ns }) => [comm, (ns / ios).toFixed(0), context])
  return table([['task', 'ns per I/O', 'context'], ...rows])
}

export function objectTable({ objects, bytesPeak, bytesLive }: Ledger): string {
  const rows = objects.flatMap(({ size, born, gone, live, peak }) =>
    born === 0 && live === 0
      ? []
      : [[size.what, String(size.slabBytes), ...[born, gone, live, peak].map(String), kept(size)]],
  )
  const heading = ['memory', 'bytes', 'taken', 'given back', 'left', 'most at once', 'from']
  return table([heading, ...rows, ['sum', '', '', '', `${bytesLive} B`, `${bytesPeak} B`, '']])
}

function kept({ preallocated, source }: ObjectSize): string {
  const from = 'assumption' in source ? `assumed: ${source.assumption}` : `measured on ${source.kernel}`
  return preallocated ? `${from}; a tag, its memory is there all the time` : from
}

function sourceText(source: CostSource): string {
  if (source.kind === 'assumption') return 'assumption'
  const { kernel, method } = CALIBRATION[source.from[0]!]
  return source.kind === 'share' ? `share of ${kernel}, ${method}` : `${kernel}, ${method}`
}

const NOTES = `Times are instructions of ${CALIBRATION.randomRaw.kernel} at one a nanosecond; "share": the sum is measured, its parts are assumed.
Sizes are those of ${[...new Set(OBJECT_SIZES.flatMap(({ source }) => ('kernel' in source ? [source.kernel] : [])))].join(', ')}, for other kernels for want of better ones.
`
