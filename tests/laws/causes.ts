/** What is under way at a point of a log and takes time by itself: timers, devices at work, sleepers, activations, questions. */
import { CheckerState, EventKind, SleepReason } from '../../src/engine/log/index.ts'
import type { Row } from './log-rows.ts'

/** What follows a timer may come a little after it: a worker has to get a CPU. */
export const AFTER_NS = 100_000

/** Everything under way that takes time by itself. */
export class Causes {
  /** "device kind" -> when the timer is due. */
  private readonly timers = new Map<string, number>()
  private readonly sleepers = new Set<number>()
  private readonly activations = new Map<number, number>()
  /** Requests that a device works on. */
  private readonly atDevices = new Set<number>()
  private readonly questions = new Set<number>()

  /** What explains that nothing happens from `fromNs` to `toNs`; undefined for nothing. */
  of(fromNs: number, toNs: number): string | undefined {
    if (this.atDevices.size > 0) return 'a device at work'
    if (this.sleepers.size > 0) return 'a sleeping task'
    if (this.activations.size > 0) return 'an activation'
    if (this.questions.size > 0) return 'a path checker'
    for (const [timer, dueNs] of this.timers)
      if (dueNs > fromNs - AFTER_NS && dueNs < toNs + AFTER_NS) return `timer ${timer}`
    return undefined
  }

  apply(e: Row, isDisk: (dev: number) => boolean): void {
    switch (e.kind) {
      case EventKind.timer_arm:
        this.timers.set(`${e.dev} ${e.object}`, e.timeNs + e.arg * 1000)
        break
      case EventKind.timer_end:
        this.timers.delete(`${e.dev} ${e.object}`)
        break
      case EventKind.task_sleep:
        if (e.arg === SleepReason.sleep) this.sleepers.add(e.task)
        break
      case EventKind.task_wake:
        if (e.arg === SleepReason.sleep) this.sleepers.delete(e.task)
        break
      case EventKind.pg_init:
        this.activations.set(e.dev, (this.activations.get(e.dev) ?? 0) + 1)
        break
      case EventKind.pg_init_done: {
        const left = (this.activations.get(e.dev) ?? 0) - 1
        if (left > 0) this.activations.set(e.dev, left)
        else this.activations.delete(e.dev)
        break
      }
      case EventKind.checker:
        if (e.arg === CheckerState.pending) this.questions.add(e.dev)
        else this.questions.delete(e.dev)
        break
      case EventKind.rq_issue:
        if (isDisk(e.dev)) this.atDevices.add(e.subject)
        break
      case EventKind.rq_complete:
      case EventKind.rq_requeue:
      case EventKind.rq_free:
        this.atDevices.delete(e.subject)
        break
    }
  }
}
