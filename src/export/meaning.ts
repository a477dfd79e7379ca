/** What `arg` and `object` of an event mean, in words, kind by kind (src/engine/log/kinds.ts). */
import {
  AccessState,
  AnaState,
  blkStatusName,
  CheckerState,
  CloneKind,
  CompletedIn,
  DeviceState,
  DispatchReason,
  DmState,
  EventKind,
  LockName,
  MapResult,
  RequeueTo,
  ScsiDh,
  SleepReason,
  SplitLimit,
  TimerKind,
} from '../engine/log/index.ts'
import { originOf, type Row, type Sources } from './sources.ts'

type Meaning = Readonly<Record<string, unknown>>

export function meaningOf(sources: Sources, row: Row): Meaning {
  const { tables, header } = sources
  switch (row.kind) {
    case EventKind.io_end:
    case EventKind.bio_complete:
    case EventKind.bio_endio:
    case EventKind.rq_error:
      return { status: blkStatusName(row.arg) }
    case EventKind.rq_complete:
      return { status: blkStatusName(row.arg), ...completion(row.object) }
    case EventKind.task_sleep:
    case EventKind.task_wake:
      return { reason: nameIn(SleepReason, row.arg) }
    case EventKind.dm_split:
    case EventKind.split:
      return { limit: nameIn(SplitLimit, row.arg) }
    case EventKind.rq_requeue:
      return { to: nameIn(RequeueTo, row.arg), ...completion(row.object) }
    case EventKind.bio_clone:
      return { clone: nameIn(CloneKind, row.arg) }
    case EventKind.lock_wait:
      return { lock: nameIn(LockName, row.object), spunNs: row.arg }
    case EventKind.rq_dispatch_list:
      return { reason: nameIn(DispatchReason, row.arg) }
    case EventKind.map_result:
      return { result: nameIn(MapResult, row.arg) }
    case EventKind.dm_state:
      return { state: nameIn(DmState, row.arg) }
    case EventKind.device_state:
      return { state: nameIn(DeviceState, row.arg) }
    case EventKind.cable:
      return { cable: row.arg === 1 ? 'in' : 'out' }
    case EventKind.silent:
      return { answers: row.arg === 0 }
    case EventKind.pace:
      return { factor: row.arg / 1000 }
    case EventKind.checker:
      return { path: nameIn(CheckerState, row.arg) }
    case EventKind.ana_state:
      return { state: nameIn(AnaState, row.arg) }
    case EventKind.access_state:
      return { state: nameIn(AccessState, row.arg) }
    case EventKind.pg_init_done:
      return { result: nameIn(ScsiDh, row.arg) }
    case EventKind.timer_arm:
    case EventKind.timer_end:
      return { timer: nameIn(TimerKind, row.object) }
    case EventKind.command:
    case EventKind.command_refused:
    case EventKind.queue_attr:
    case EventKind.inject:
      return { text: tables.strings[row.arg] ?? '' }
    case EventKind.bio_remap:
    case EventKind.rq_remap: {
      const { dev, sector, bios } = originOf(sources, row)
      return { from_dev: dev, from_sector: sector, ...(bios < 0 ? {} : { bios }) }
    }
    case EventKind.choose_path:
      return {
        group: row.arg,
        ...(row.object === 0 ? {} : { next: header.devices[row.object - 1]?.name }),
      }
    default:
      return {}
  }
}

function nameIn(names: Readonly<Record<string, number>>, value: number): string {
  return Object.keys(names).find((name) => names[name] === value) ?? String(value)
}

/** How the driver's answer was taken up, where the event says it. */
function completion(object: number): Meaning {
  return object === 0 ? {} : { completed_in: nameIn(CompletedIn, object % 8), bios: Math.floor(object / 8) }
}
