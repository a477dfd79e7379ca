/**
 * What the log of a run says of a deed. Its steps have places among the actions of the run, and what the engine logs of
 * them carries these: that a command was given, and that it was refused.
 */
import { EventKind } from '../engine/log/index.ts'
import { simNs, type SimNs } from '../lib/brands.ts'
import { KindIndex } from '../record/kind-index.ts'
import type { RunRecord } from '../record/run-record.ts'

/** Steps `first` to `first + count - 1` of the run's actions, counted from 1. */
export interface DeedPlace {
  readonly atNs: number
  readonly first: number
  readonly count: number
}

/** When its first command is given; undefined as long as it is not logged. */
export function begunNs(record: RunRecord, { atNs, first }: DeedPlace): SimNs | undefined {
  const index = indexOf(record, EventKind.command, first, record.indexAtTime(atNs - 1))
  return index < 0 ? undefined : simNs(record.timeAt(index))
}

/**
 * What the tools print of steps that are refused; undefined as long as that may still come.
 * @param over The run logs nothing more.
 */
export function deedRefused(
  record: RunRecord,
  place: DeedPlace,
  over: boolean,
): readonly string[] | undefined {
  const { atNs, first, count } = place
  const said: string[] = []
  let from = record.indexAtTime(atNs - 1)
  for (let step = first; step < first + count; step++) {
    const at = indexOf(record, EventKind.command, step, from)
    const isDecided = at >= 0 && record.endNs > record.timeAt(at)
    if (!isDecided && !over) return undefined
    const refused = indexOf(record, EventKind.command_refused, step, from)
    if (refused >= 0) said.push(record.tables.strings[record.argAt(refused)] ?? '')
    from = Math.max(from, at)
  }
  return said
}

function indexOf(record: RunRecord, kind: EventKind, place: number, from: number): number {
  return KindIndex.of(record).next([kind], from, 1, (chunk, row) => chunk.size[row] === place)
}
