/**
 * Whether a step that somebody took was refused, read off the log of a run: what was accepted leaves an event, what was
 * refused leaves its command alone.
 *
 * Simplified: attributes of SCSI devices and timers of transports leave no event either way and count as accepted.
 */
import type { ActStep } from '../commands/index.ts'
import { DmState, EventKind } from '../engine/log/index.ts'
import { KindIndex } from '../record/kind-index.ts'
import type { RunRecord } from '../record/run-record.ts'
import { commandIndex } from './deed-events.ts'

/** `wait`: the log does not say yet. `refused`: what the tool prints. */
export type Judgement = 'wait' | 'accepted' | { readonly refused: string }

/** What became of a step of a deed at a time; `over`: the run logs nothing more. */
export function refusalIn(record: RunRecord, step: ActStep, fromNs: number, over: boolean): Judgement {
  if (!REFUSABLE.some((name) => name in step)) return 'accepted'
  const at = commandIndex(record, step, fromNs)
  if (at < 0) return over ? 'accepted' : 'wait'
  const missing = /: Device (\S+) not found$/.exec(textAt(record, at))
  if (missing !== null) return { refused: `Device ${missing[1]!} not found\nCommand failed.` }
  if ('message' in step && isSuspended(record, at))
    return { refused: failed('message', record, 'Device or resource busy') }
  const proof = proofOf(record, step)
  if (proof === undefined || proof.late) return 'accepted'
  const { strings } = record.tables
  const task = record.eventAt(at).task
  const found = KindIndex.of(record).next(
    [proof.kind],
    at,
    1,
    (chunk, row) => chunk.task[row] === task && proof.fits(chunk.arg[row]!, strings),
  )
  if (found >= 0 && record.timeAt(found) === record.timeAt(at)) return 'accepted'
  return over || record.endNs > record.timeAt(at) ? { refused: proof.said } : 'wait'
}

const REFUSABLE = ['message', 'suspend', 'resume', 'load', 'sysfs']

interface Proof {
  readonly kind: number
  readonly fits: (arg: number, strings: readonly string[]) => boolean
  /** It may come long after the command: the queue is frozen first. */
  readonly late: boolean
  readonly said: string
}

/** The event that the engine logs where a step is accepted; undefined where nothing tells. */
function proofOf(record: RunRecord, step: ActStep): Proof | undefined {
  if ('load' in step)
    return {
      kind: EventKind.dm_state,
      fits: (arg) => arg === DmState.table_loaded,
      late: false,
      said: failed('reload', record, 'No such device or address'),
    }
  const [, name, attribute] =
    'sysfs' in step ? (/^\/sys\/block\/([\w-]+)\/queue\/(\w+)$/.exec(step.sysfs) ?? []) : []
  if (!('sysfs' in step) || name === undefined || attribute === undefined) return undefined
  const dev = record.header.devices.find((device) => device.name === name)
  const takesScheduler = dev?.role !== 'dm' || record.header.mode === 'rq'
  const text = `${attribute}=${String(step.value)}`
  return {
    kind: EventKind.queue_attr,
    fits: (arg, strings) => strings[arg] === text,
    late: attribute === 'scheduler' && takesScheduler,
    said: 'bash: echo: write error: Invalid argument',
  }
}

/** As dmsetup prints what an ioctl of device-mapper answers. */
function failed(command: string, { header }: RunRecord, why: string): string {
  return `device-mapper: ${command} ioctl on ${header.dmName} failed: ${why}\nCommand failed.`
}

function isSuspended(record: RunRecord, before: number): boolean {
  const at = KindIndex.of(record).next([EventKind.dm_state], before, -1, (chunk, row) => {
    return chunk.arg[row] !== DmState.table_loaded
  })
  return at >= 0 && record.argAt(at) === DmState.suspended
}

function textAt(record: RunRecord, index: number): string {
  return record.tables.strings[record.argAt(index)] ?? ''
}
