/** What the events of tasks, path devices and timers say about the picture. */
import { EventKind, type SleepReason, TimerKind } from '../engine/log/index.ts'
import { NOT_ARMED } from './devices.ts'
import type { EventRow } from './event-row.ts'
import type { Picture } from './picture.ts'

const NS_PER_US = 1000

export function foldTask(p: Picture, e: EventRow): void {
  const task = p.tasks.touch(e.task)
  const asleep = e.kind === EventKind.task_sleep
  task.sleep = asleep ? (e.arg as SleepReason) : 0
  task.sinceNs = e.timeNs
  task.subject = asleep ? e.subject : 0
  task.dev = e.dev
}

export function foldDevice(p: Picture, e: EventRow, strings: readonly string[]): void {
  const { devices } = p
  const row = devices.row(e.dev)
  switch (e.kind) {
    case EventKind.device_state:
      devices.state[row] = e.arg
      break
    case EventKind.cable:
      devices.cableOut[row] = e.arg === 0 ? 1 : 0
      break
    case EventKind.silent:
      devices.silent[row] = e.arg
      break
    case EventKind.pace:
      devices.pace[row] = e.arg
      break
    case EventKind.queue_depth:
      devices.queueDepth[row] = e.arg
      break
    case EventKind.queue_attr:
      attribute(p, row, strings[e.arg] ?? '')
      break
    case EventKind.timer_arm:
      timer(p, e, row, e.timeNs + e.arg * NS_PER_US)
      break
    case EventKind.timer_end:
      timer(p, e, row, NOT_ARMED)
      break
    default:
  }
}

/** A sleep is the task's own, every other timer its device's. */
function timer(p: Picture, e: EventRow, row: number, dueNs: number): void {
  if (e.object === TimerKind.sleep) {
    p.tasks.touch(e.task).wakeDueNs = dueNs
    return
  }
  const at = e.object * p.devices.rows + row
  p.devices.timerDueNs[at] = dueNs
  p.devices.timerArmedNs[at] = dueNs === NOT_ARMED ? 0 : e.timeNs
}

/** `name=value`, of which the picture keeps what changes its tags. */
function attribute(p: Picture, row: number, text: string): void {
  const [name, value = ''] = text.split('=')
  if (name === 'scheduler') p.devices.hasScheduler[row] = value === 'none' ? 0 : 1
  else if (name === 'nr_requests') p.devices.nrRequests[row] = Number(value)
}
