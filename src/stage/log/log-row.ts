/** One event as a row of the log: what each column says. */
import { DEV_NONE, deviceAt, EventKind, opOf, RWBS_TEXT, SECTOR_UNDEFINED } from '../../engine/log/index.ts'
import type { RunRecord } from '../../record/run-record.ts'
import type { LaneFacts } from '../facts.ts'
import { blktraceLetter, kernelName } from '../kernel-names.ts'
import { thingName } from '../names.ts'
import { momentText } from '../words.ts'

export interface LogRow {
  readonly time: string
  readonly dev: string
  readonly letter: string
  readonly name: string
  readonly rwbs: string
  readonly where: string
  readonly task: string
  readonly subject: string
}

export interface LogLane {
  readonly record: RunRecord
  readonly facts: LaneFacts
}

/** Kinds whose size is a number of requests or bios. */
const COUNTS_OTHERS: readonly number[] = [EventKind.unplug, EventKind.process_queued_bios]

export function logRow({ record, facts }: LogLane, index: number): LogRow {
  const event = record.eventAt(index)
  const { value, unit } = momentText(event.timeNs)
  const { header, tables } = record
  return {
    time: `${value} ${unit}`,
    dev: event.dev === DEV_NONE ? '' : (deviceAt(header, tables, event.dev)?.name ?? `device ${event.dev}`),
    letter: blktraceLetter(event.kind),
    name: kernelName(event.kind),
    rwbs: event.subject === 0 ? '' : rwbsOf(event.rwbs),
    where: COUNTS_OTHERS.includes(event.kind) ? '' : whereText(event.sector, event.sizeSectors),
    task: tables.tasks[event.task]?.comm ?? '',
    subject: event.subject === 0 ? '' : thingName({ header, facts }, event.subject),
  }
}

function rwbsOf(rwbs: number): string {
  return RWBS_TEXT[rwbs] ?? String(opOf(rwbs))
}

/** As blkparse writes it: first sector, then how many. */
function whereText(sector: number, sizeSectors: number): string {
  if (sizeSectors === 0) return ''
  return sector === SECTOR_UNDEFINED ? `+ ${sizeSectors}` : `${sector} + ${sizeSectors}`
}
