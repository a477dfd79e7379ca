/**
 * What a lane tries again and again without anything coming of it: a busy path asked every 3 ms, a request requeued every
 * 100 ms while no path is usable, a path that multipathd checks. The story tells the first few times and passes over the
 * others, until something else happens in the lane.
 *
 * A moment is in vain when nothing in it moves an I/O on, by the kinds of its events. It is the same again when its first
 * event is: the same kind, device, request and timer.
 */
import { EventKind } from '../engine/log/index.ts'

/** Told each time before the rest is passed over. */
const TOLD = 3

const IN_VAIN: ReadonlySet<number> = new Set([
  EventKind.task_sleep,
  EventKind.task_wake,
  EventKind.timer_arm,
  EventKind.timer_end,
  EventKind.rq_insert,
  EventKind.rq_requeue,
  EventKind.rq_dispatch_list,
  EventKind.mpath_busy,
  EventKind.map_result,
  EventKind.bio_queue_mpath,
  EventKind.process_queued_bios,
  EventKind.bio_retry,
  EventKind.checker,
])

export class Habit {
  private readonly times = new Map<number, number>()
  private key = 0
  private inVain = true

  /**
   * Another event of the moment at hand.
   * @param timer TimerKind of an event of a timer, else 0.
   * @param mapped It is of a device of device-mapper: a request that is issued there may still find no path.
   */
  see(kind: number, dev: number, subject: number, timer: number, mapped: boolean): void {
    if (this.key === 0) this.key = ((kind * 256 + dev) * 32 + timer) * 0x1_0000_0000 + subject
    if (!IN_VAIN.has(kind) && !(mapped && kind === EventKind.rq_issue)) this.inVain = false
  }

  /** The moment is complete: whether it is told. A lane in which nothing happened has nothing against passing over. */
  tell(): boolean {
    const { key, inVain } = this
    this.key = 0
    this.inVain = true
    if (key === 0) return false
    if (!inVain) {
      this.times.clear()
      return true
    }
    const times = (this.times.get(key) ?? 0) + 1
    this.times.set(key, times)
    return times <= TOLD
  }
}
