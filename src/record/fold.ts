/**
 * The one function that changes a picture: apply the events after its index, up to and including another.
 *
 * A pure fold: what a picture holds depends on header, side tables and events alone, never on how it was stepped.
 */
import { type EventChunk, EventKind } from '../engine/log/index.ts'
import type { EventRow } from './event-row.ts'
import { foldBio, foldIo } from './fold-bio.ts'
import { foldDevice, foldTask } from './fold-device.ts'
import { foldMultipath } from './fold-multipath.ts'
import { foldRequest } from './fold-request.ts'
import { IS_CHARGED } from './ledger/charges.ts'
import type { Picture } from './picture.ts'
import type { RunRecord } from './run-record.ts'

/** One row for all events: folding allocates nothing per event. */
const scratch: EventRow = {
  index: 0,
  timeNs: 0,
  kind: 0,
  dev: 0,
  rwbs: 0,
  task: 0,
  subject: 0,
  object: 0,
  sector: 0,
  sizeSectors: 0,
  arg: 0,
}

export function foldTo(p: Picture, record: RunRecord, index: number): void {
  const { strings } = record.tables
  let at = p.index + 1
  while (at <= index) {
    const base = at - record.rowOf(at)
    const chunk = record.chunkOf(at)
    const stop = Math.min(chunk.count, index - base + 1)
    foldRows(p, chunk, { from: at - base, stop, base }, strings)
    at = base + stop
  }
}

/** Rows `from` to before `stop` of a chunk whose first event has index `base`, which must follow what is in the picture. */
export function foldRows(
  p: Picture,
  chunk: EventChunk,
  { from, stop, base }: { readonly from: number; readonly stop: number; readonly base: number },
  strings: readonly string[],
): void {
  const e = scratch
  const { timeNs, sectorLow, sectorHigh, subject, object, size, arg, kind, dev, rwbs, task } = chunk
  for (let row = from; row < stop; row++) {
    e.index = base + row
    e.timeNs = timeNs[row]!
    e.kind = kind[row]!
    e.dev = dev[row]!
    e.rwbs = rwbs[row]!
    e.task = task[row]!
    e.subject = subject[row]!
    e.object = object[row]!
    e.sector = sectorHigh[row]! * 0x1_0000_0000 + sectorLow[row]!
    e.sizeSectors = size[row]!
    e.arg = arg[row]!
    apply(p, e, strings)
    if (IS_CHARGED[e.kind] === 1) p.ledger.charge(e)
  }
  if (stop <= from) return
  p.index = base + stop - 1
  p.timeNs = timeNs[stop - 1]!
}

/** Kinds are numbered by family, with room between the families. */
function apply(p: Picture, e: EventRow, strings: readonly string[]): void {
  const { kind } = e
  if (kind >= EventKind.device_state) foldDevice(p, e, strings)
  else if (kind >= EventKind.choose_path) foldMultipath(p, e)
  else if (kind >= EventKind.getrq) foldRequest(p, e)
  else if (kind >= EventKind.bio_queue) foldBio(p, e)
  else if (kind === EventKind.io_submit || kind === EventKind.io_end) foldIo(p, e)
  else if (kind === EventKind.task_sleep || kind === EventKind.task_wake) foldTask(p, e)
}
