/**
 * How a disk is at a moment as far as somebody has done something to it: its cable, its pace, whether it answers, what was
 * written to its queue. Read off the record: the picture, and what the queue last said of an attribute.
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
  const { devices, index } = picture
  const state = devices.state[devices.row(dev)] ?? DeviceState.running
  const onMap = header.paths.some((path) => path.dev === dev)
  return {
    cable: devices.cableOut[devices.row(dev)] === 1 ? 'out' : 'in',
    factor: (devices.pace[devices.row(dev)] ?? 1000) / 1000,
    hung: devices.silent[devices.row(dev)] === 1,
    state,
    active: onMap ? devices.pathActive[devices.row(dev)] === 1 : undefined,
    queueDepth: devices.queueDepth[devices.row(dev)] ?? 0,
    attribute: (attribute) => {
      const written = lastAttribute(record, index, dev, attribute)
      if (written !== undefined) return written
      if (attribute === 'scheduler') return info?.scheduler
      if (attribute === 'nr_requests') return String(devices.nrRequests[devices.row(dev)] ?? 0)
      const limit = info?.limits[attribute]
      return limit === undefined ? undefined : String(limit)
    },
  }
}

/** What was written to a file of the queue last, up to one event. */
function lastAttribute(record: RunRecord, index: number, dev: number, name: string): string | undefined {
  const { strings } = record.tables
  const textOf = (arg: number): string => strings[arg] ?? ''
  const isIt = (chunk: EventChunk, row: number): boolean =>
    chunk.dev[row] === dev && textOf(chunk.arg[row]!).startsWith(`${name}=`)
  const found = KindIndex.of(record).next([EventKind.queue_attr], index + 1, -1, isIt)
  return found < 0 ? undefined : textOf(record.argAt(found)).slice(name.length + 1)
}
