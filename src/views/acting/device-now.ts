/**
 * How a disk is at a moment as far as somebody has done something to it: its cable, its pace, whether it answers, what was
 * written to its queue. Read off the record: the picture, and the last command of each kind before the moment.
 */
import { DeviceState, type EventChunk, EventKind } from '../../engine/log/index.ts'
import type { Picture } from '../../record/picture.ts'
import { KindIndex } from '../../record/kind-index.ts'
import type { RunRecord } from '../../record/run-record.ts'

export interface DeviceNow {
  readonly cable: 'in' | 'out'
  /** How many times as long everything takes; 1 is as written. */
  readonly factor: number
  readonly hung: boolean
  readonly state: number
  /** dm-multipath uses it as a path; undefined for what is no path of a map. */
  readonly active: boolean | undefined
  readonly queueDepth: number
  /** As the file has it, or as written last. */
  readonly attribute: (name: string) => string | undefined
}

export function deviceNow(record: RunRecord, picture: Picture, dev: number): DeviceNow {
  const { header } = record
  const info = header.devices[dev]
  const name = info?.name ?? ''
  const { devices, index } = picture
  const said = (pattern: RegExp): RegExpExecArray | null =>
    lastText(record, EventKind.command, index, pattern)
  const escaped = name.replaceAll(/[^\w]/g, '.')
  const cable = said(new RegExp(`^(pull|plug in) the cable of ${escaped}$`))
  const pace = said(new RegExp(`^${escaped} takes ([\\d.e+-]+) times as long$`))
  const answers = said(new RegExp(`^${escaped} (gives no more answers|answers again)$`))
  const onMap = header.paths.some((path) => path.dev === dev)
  return {
    cable: cable?.[1] === 'pull' ? 'out' : 'in',
    factor: Number(pace?.[1] ?? 1),
    hung: answers?.[1] === 'gives no more answers',
    state: devices.state[devices.row(dev)] ?? DeviceState.running,
    active: onMap ? devices.pathActive[devices.row(dev)] === 1 : undefined,
    queueDepth: devices.queueDepth[devices.row(dev)] ?? 0,
    attribute: (attribute) => {
      const written = lastText(record, EventKind.queue_attr, index, new RegExp(`^${attribute}=(.*)$`), dev)
      if (written !== null) return written[1]
      if (attribute === 'scheduler') return info?.scheduler
      if (attribute === 'nr_requests') return String(devices.nrRequests[devices.row(dev)] ?? 0)
      const limit = info?.limits[attribute]
      return limit === undefined ? undefined : String(limit)
    },
  }
}

/** The text of the last event of a kind, up to one event, that fits a pattern. */
function lastText(
  record: RunRecord,
  kind: number,
  index: number,
  pattern: RegExp,
  dev?: number,
): RegExpExecArray | null {
  const { strings } = record.tables
  const fits = (chunk: EventChunk, row: number): boolean =>
    (dev === undefined || chunk.dev[row] === dev) && pattern.test(strings[chunk.arg[row]!] ?? '')
  const found = KindIndex.of(record).next([kind], index + 1, -1, fits)
  return found < 0 ? null : pattern.exec(strings[record.argAt(found)] ?? '')
}
