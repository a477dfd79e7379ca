/**
 * Plugging of a whole queue: block/blk-core.c:blk_plug_device, __generic_unplug_device, blk_unplug_timeout;
 * block/elevator.c:elv_insert, 2.6.28. An empty queue is plugged when its first request comes, and opened when four
 * requests wait, after 3 ms, or by a task that goes to sleep for I/O it has submitted (blk_backing_dev_unplug).
 *
 * Simplified: the queue is run by kblockd in all cases but the fourth request's.
 */
import { EventKind, TimerKind } from '../../log/index.ts'
import type { Machine } from '../../machine.ts'
import type { Context } from '../../sim/cpu.ts'
import { Timer } from '../../sim/timer.ts'
import type { TimerWatch } from '../../sim/workqueue.ts'
import type { Request } from '../request.ts'
import type { LegacyQueue } from './legacy-queue.ts'

/** block/blk-settings.c:blk_queue_make_request: q->unplug_thresh, q->unplug_delay */
const UNPLUG_THRESHOLD = 4
const UNPLUG_DELAY_NS = 3_000_000

export class QueuePlug {
  closed = false
  private readonly m: Machine
  private readonly queue: LegacyQueue
  private readonly timer: Timer
  private readonly watch: TimerWatch

  constructor(m: Machine, queue: LegacyQueue) {
    this.m = m
    this.queue = queue
    this.watch = m.loggedTimer(queue.device.index, TimerKind.unplug)
    this.timer = new Timer(m.clock, () => {
      this.watch.ended(false)
      this.open(true)
    })
  }

  /** blk_plug_device; P. `first`: the request that is about to be inserted. */
  close(first: Request): void {
    if (this.closed) return
    this.closed = true
    this.m.log.emit(EventKind.plug, this.queue.device.index, first.rwbs, 0, first.id, 0, 0, 0)
    this.watch.armed(UNPLUG_DELAY_NS)
    this.timer.modify(UNPLUG_DELAY_NS)
  }

  /** A task has something in the plugged queue. */
  noteTask(ctx: Context): void {
    if (this.closed) ctx.unplugsWhenAsleep.add(this)
  }

  get mustOpen(): boolean {
    return this.closed && this.queue.waiting >= UNPLUG_THRESHOLD
  }

  /** blk_remove_plug; U. `later`: kblockd runs the queue, else the caller does. */
  open(later: boolean): void {
    if (!this.closed) return
    this.closed = false
    if (this.timer.cancel()) this.watch.ended(true)
    const { queue } = this
    this.m.log.emit(EventKind.unplug, queue.device.index, 0, 0, 0, 0, queue.waiting, later ? 1 : 0)
    if (later) queue.runAllAsync()
  }

  /** The task that plugged it goes to sleep for its I/O. */
  taskSleeps(): void {
    this.open(true)
  }
}
