/**
 * blkparse's default text: `%D %2c %8s %5T.%9t %5p %2a %3d ` and then what the action calls for (kernel-model 7.3).
 *
 * Sequence numbers count per device and CPU, as blktrace does. What blktrace does not record is left out: block_rq_error.
 * P and U belong to the device of the plug's first request.
 */
import { errnoOf, EventKind, rwbsTexts, tracepointOf } from '../engine/log/index.ts'
import type { KernelProfile } from '../engine/index.ts'
import { dmSplit, profileOf, tracesKind } from './era.ts'
import {
  nameOf,
  originOf,
  rawSector,
  stateLines,
  textsOf,
  traceSector,
  type Row,
  type Sources,
  type TextWriter,
} from './sources.ts'

export function createBlkparseWriter(sources: Sources): TextWriter {
  const profile = profileOf(sources.header.kernel)
  const rwbsText = rwbsTexts(profile.writeZeroesLetters)
  const sequences = new Map<string, number>()
  const line = (row: Row): string => {
    const letter = tracesKind(profile, row.kind) ? tracepointOf(row.kind)?.letter : undefined
    if (letter === undefined || row.device === undefined || row.kind === EventKind.rq_error) return ''
    const stream = `${row.device.name} ${row.task.cpu}`
    const sequence = (sequences.get(stream) ?? 0) + 1
    sequences.set(stream, sequence)
    return `${prefix(row, letter, sequence)}${fieldsOf(sources, profile, row)}\n`
  }
  return {
    head: () => '',
    chunk: (chunk) => textsOf(sources, chunk, line, rwbsText),
    tail: stateLines,
  }
}

function prefix({ device, task, timeNs, kind, arg, rwbs }: Row, letter: string, sequence: number): string {
  const dev = `${String(device?.major ?? 0).padStart(3)},${String(device?.minor ?? 0).padEnd(3)}`
  const seconds = String(Math.floor(timeNs / 1e9)).padStart(5)
  const nanos = String(Math.floor(timeNs % 1e9)).padStart(9, '0')
  const plugging = kind === EventKind.plug || kind === EventKind.unplug
  // blktrace calls an unplug by a task that goes to sleep a timer unplug.
  const action = kind === EventKind.unplug && arg === 1 ? 'UT' : letter
  return (
    `${dev} ${String(task.cpu).padStart(2)} ${String(sequence).padStart(8)} ${seconds}.${nanos} ` +
    `${String(task.pid).padStart(5)} ${action.padStart(2)} ${(plugging ? 'N' : rwbs).padStart(3)} `
  )
}

function fieldsOf(sources: Sources, profile: KernelProfile, row: Row): string {
  const { kind, sizeSectors, arg, task } = row
  const who = `[${nameOf(task)}]`
  switch (kind) {
    case EventKind.plug:
      return who
    case EventKind.unplug:
      return `${who} ${sizeSectors}`
    case EventKind.split:
      return `${rawSector(row.sector)} / ${(row.sector + sizeSectors) % 2 ** 32} ${who}`
    case EventKind.dm_split: {
      const { first, rest } = dmSplit(profile, row)
      return `${first} / ${rest} ${who}`
    }
    case EventKind.bio_remap:
    case EventKind.rq_remap: {
      const { dev, sector } = originOf(sources, row)
      return `${rawSector(row.sector)} + ${sizeSectors} <- (${dev}) ${sector}`
    }
    case EventKind.rq_requeue:
      return `${traceSector(row.sector)} + ${sizeSectors} [0]`
    case EventKind.rq_complete:
    case EventKind.nvme_bio_complete:
    case EventKind.bio_complete: {
      const sector = kind === EventKind.rq_complete ? rawSector(row.sector) : traceSector(row.sector)
      return sizeSectors === 0
        ? `${sector} [${errnoOf(arg)}]`
        : `${sector} + ${sizeSectors} [${errnoOf(arg)}]`
    }
    case EventKind.bio_queue:
    case EventKind.rq_insert:
    case EventKind.rq_issue:
      return sizeSectors === 0 ? who : `${traceSector(row.sector)} + ${sizeSectors} ${who}`
    default:
      return `${traceSector(row.sector)} + ${sizeSectors} ${who}`
  }
}
