/** What happens to devices and their timers. */
import { CheckerState, DEV_NONE, EventKind } from '../../engine/log/index.ts'
import { durationText } from '../../lib/duration.ts'
import { paceText } from '../pace-words.ts'
import type { DeviceEvent } from '../event-subjects.ts'
import { ACCESS_STATES, ANA_STATES, CHECKS, DEVICE_STATES, TIMERS } from './codes.ts'
import type { Tell, Teller } from './teller.ts'

export const OF_DEVICES: Readonly<Record<(typeof EventKind)[DeviceEvent], Tell>> = {
  [EventKind.device_state]: (t) => `${t.dev} is ${DEVICE_STATES[t.event.arg] ?? 'in another state'} now`,
  [EventKind.queue_attr]: (t) => `the queue of ${t.dev} changes: ${t.text}`,
  [EventKind.inject]: (t) => `an error is put into ${t.subject} on ${t.dev}: ${t.text}`,
  [EventKind.timer_arm]: (t) =>
    `${TIMERS[t.event.object] ?? 'a timer'} starts${onDev(t)}: ${durationText(t.event.arg * 1000)}`,
  [EventKind.timer_end]: (t) =>
    `${TIMERS[t.event.object] ?? 'a timer'}${onDev(t)} ${t.event.arg === 1 ? 'is cancelled' : 'has run out'}`,
  [EventKind.queue_depth]: (t) =>
    `${t.dev} takes ${t.event.arg} ${t.event.arg === 1 ? 'command' : 'commands'} at once now`,
  [EventKind.checker]: (t) =>
    t.event.arg === CheckerState.pending
      ? `multipathd asks ${t.dev} whether it answers`
      : `multipathd has checked ${t.dev}: ${CHECKS[t.event.arg] ?? 'its state is unknown'}`,
  [EventKind.access_state]: (t) =>
    `the hardware handler takes the port of ${t.dev} for ${ACCESS_STATES[t.event.arg] ?? 'unknown'} now`,
  [EventKind.cable]: (t) =>
    t.event.arg === 1 ? `the cable of ${t.dev} is in again` : `the cable of ${t.dev} comes out`,
  [EventKind.silent]: (t) =>
    t.event.arg === 1
      ? `${t.dev} gives no more answers; nobody has told the kernel`
      : `${t.dev} answers again`,
  [EventKind.pace]: (t) => `${t.dev} ${paceText(t.event.arg)} from now on`,
  [EventKind.ana_state]: (t) =>
    `the namespace is ${ANA_STATES[t.event.arg] ?? 'in another state'} through ${t.dev} now`,
}

function onDev(t: Teller): string {
  return t.event.dev === DEV_NONE ? '' : ` on ${t.dev}`
}
