/**
 * What made an event possible: the completion that freed a tag, the timer that ran out, the unplug, the neighbour that
 * was joined; where nothing from outside was needed, the event before it in the thread of the same I/O.
 *
 * Read off the record alone: the engine logs no causes. The rules are those of the kernel's code paths; among several
 * events that could have done it the last before counts, and it must lie after the wait began.
 */
import { BlkStatus, EventKind, SleepReason, TimerKind } from '../../engine/log/index.ts'
import type { RunRecord } from '../../record/run-record.ts'
import type { IoThread } from './thread.ts'

export type CauseKind =
  'before' | 'unplug' | 'timer' | 'freed' | 'partner' | 'device' | 'worker' | 'path' | 'woken' | 'error'

export interface Cause {
  readonly index: number
  readonly kind: CauseKind
}

/** In words, before the sentence of the cause. */
export const CAUSE_WORDS: Readonly<Record<CauseKind, string>> = {
  before: 'the step before',
  unplug: 'the plug was flushed',
  timer: 'a timer ran out',
  freed: 'another one ended and made room',
  partner: 'the neighbour that it joined',
  device: 'the device changed its state',
  worker: 'the retry worker ran',
  path: 'a path could be used again',
  woken: 'its task could go on',
  error: 'what went wrong',
}

/** Events looked back for a cause outside the I/O. */
const LOOK_BACK = 20_000

type Fits = (event: number) => boolean

/** @param thread Of the I/O that the event belongs to, where it belongs to one. */
export function causeOf(record: RunRecord, index: number, thread?: IoThread): Cause | undefined {
  const own = thread?.before(index)
  const outside = outsideCause(record, index, own ?? -1)
  if (outside !== undefined) return outside
  if (own !== undefined) return { index: own, kind: 'before' }
  const last = lastOfSubject(record, index)
  return last === undefined ? undefined : { index: last, kind: 'before' }
}

/**
 * The first event that one made possible: of the I/O that is followed. Where it made none possible (one of many
 * fragments), the next of the I/O.
 */
export function effectOf(record: RunRecord, index: number, thread: IoThread): number | undefined {
  const later = thread.family.events.filter((event) => event > index)
  const led = later.find(
    (event) => thread.before(event) === index || causeOf(record, event, thread)?.index === index,
  )
  return led ?? later[0]
}

function outsideCause(record: RunRecord, index: number, own: number): Cause | undefined {
  const back = (kind: CauseKind, fits: Fits, after = own): Cause | undefined => {
    const found = lastBefore(index, after, fits)
    return found === undefined ? undefined : { index: found, kind }
  }
  const { kind, dev, subject, object, task } = record.eventAt(index)
  const waited = own >= 0 && record.timeAt(index) > record.timeAt(own)
  const is = (event: number, ...kinds: readonly EventKind[]): boolean =>
    kinds.includes(record.kindAt(event) as EventKind)
  const onDev: (...kinds: EventKind[]) => Fits =
    (...kinds) =>
    (event) =>
      record.devAt(event) === dev && is(event, ...kinds)
  const timer =
    (...timers: readonly TimerKind[]): Fits =>
    (event) =>
      is(event, EventKind.timer_end) &&
      record.argAt(event) === 0 &&
      timers.includes(record.objectAt(event) as TimerKind)

  switch (kind) {
    case EventKind.backmerge:
    case EventKind.frontmerge:
      return back(
        'partner',
        (event) =>
          (is(event, EventKind.getrq) && record.subjectAt(event) === object) ||
          (is(event, EventKind.backmerge, EventKind.frontmerge) && record.objectAt(event) === object),
        -1,
      )
    case EventKind.rq_merge:
      return back(
        'partner',
        (event) => is(event, EventKind.rq_insert) && record.subjectAt(event) === object,
        -1,
      )
    case EventKind.rq_insert:
    case EventKind.rq_issue:
    case EventKind.rq_dispatch_list:
      if (own < 0) return undefined
      if (is(own, EventKind.plug_add)) return back('unplug', onDev(EventKind.unplug))
      if (!waited) return undefined
      if (is(own, EventKind.rq_requeue))
        return (
          back('path', (event) => is(event, EventKind.reinstate_path, EventKind.pg_init_done)) ??
          back('timer', (event) => timer(TimerKind.requeue)(event) && record.devAt(event) === dev)
        )
      return (
        back('timer', (event) => timer(TimerKind.budget_retry)(event) && record.devAt(event) === dev) ??
        back('device', onDev(EventKind.device_state)) ??
        back(
          'freed',
          (event) => onDev(EventKind.rq_complete)(event) && record.subjectAt(event) !== subject,
        ) ??
        back('freed', (event) => is(event, EventKind.rq_complete) && record.subjectAt(event) !== subject)
      )
    case EventKind.rq_requeue:
      return back('device', onDev(EventKind.device_state))
    case EventKind.choose_path:
      return waited ? back('worker', (event) => is(event, EventKind.process_queued_bios)) : undefined
    case EventKind.device_state:
      return (
        back(
          'timer',
          (event) => onDev(EventKind.timer_end)(event) && record.argAt(event) === 0,
          index - 50,
        ) ?? back('before', (event) => is(event, EventKind.command), index - 50)
      )
    case EventKind.bio_retry:
      return (
        back('path', (event) =>
          is(event, EventKind.reinstate_path, EventKind.pg_init_done, EventKind.switch_pg),
        ) ?? back('worker', (event) => is(event, EventKind.process_queued_bios))
      )
    case EventKind.bio_undefer:
      return back('device', (event) => is(event, EventKind.dm_state))
    case EventKind.head_resubmit:
      return back('path', (event) =>
        is(event, EventKind.ana_state, EventKind.device_state, EventKind.reinstate_path),
      )
    case EventKind.rq_complete:
      if (record.argAt(index) === BlkStatus.OK || record.eventAt(index).sizeSectors === 0) return undefined
      return (
        back('error', (event) => is(event, EventKind.inject) && record.subjectAt(event) === subject) ??
        back('device', onDev(EventKind.device_state)) ??
        back(
          'timer',
          (event) =>
            record.devAt(event) === dev &&
            timer(
              TimerKind.command,
              TimerKind.fast_io_fail,
              TimerKind.dev_loss,
              TimerKind.replacement,
              TimerKind.error_handler,
            )(event),
        )
      )
    case EventKind.getrq:
      return waited && lastBefore(index, own, (event) => is(event, EventKind.task_wake)) !== undefined
        ? back('freed', onDev(EventKind.rq_free))
        : undefined
    case EventKind.io_submit: {
      const sameTask: Fits = (event) =>
        record.eventAt(event).task === task && is(event, EventKind.task_wake, EventKind.io_reap)
      return back('woken', sameTask, index - 2000)
    }
    case EventKind.task_wake:
    case EventKind.io_reap:
      return record.argAt(index) === SleepReason.sleep && kind === EventKind.task_wake
        ? back('timer', timer(TimerKind.sleep), index - 2000)
        : back('freed', (event) => is(event, EventKind.io_end, EventKind.rq_free), index - 2000)
    case EventKind.timer_end:
      return back(
        'before',
        (event) =>
          is(event, EventKind.timer_arm) && record.objectAt(event) === object && record.devAt(event) === dev,
        -1,
      )
    case EventKind.process_queued_bios:
      return back('worker', (event) => is(event, EventKind.bio_queue_mpath, EventKind.reinstate_path), -1)
    case EventKind.unplug:
      return back(
        'before',
        (event) => is(event, EventKind.plug_add) && record.eventAt(event).task === task,
        -1,
      )
    case EventKind.fail_path:
      return back(
        'error',
        (event) => is(event, EventKind.command) || onDev(EventKind.rq_error, EventKind.pg_init_done)(event),
        index - 2000,
      )
    case EventKind.reinstate_path:
    case EventKind.bypass_pg:
      return back(
        'before',
        (event) => is(event, EventKind.command) || onDev(EventKind.checker)(event),
        index - 2000,
      )
    default:
      return undefined
  }
}

/** The last event in (after, index) that fits. */
function lastBefore(index: number, after: number, fits: Fits): number | undefined {
  const stop = Math.max(after, index - LOOK_BACK, -1)
  for (let event = index - 1; event > stop; event--) if (fits(event)) return event
  return undefined
}

/** Of its subject; of an event about nobody the last step of its task. */
function lastOfSubject(record: RunRecord, index: number): number | undefined {
  const { subject, task } = record.eventAt(index)
  return lastBefore(index, -1, (event) =>
    subject === 0 ? record.eventAt(event).task === task : record.subjectAt(event) === subject,
  )
}
