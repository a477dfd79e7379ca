/**
 * What a lane tries again and again without anything coming of it: a busy path asked every 3 ms, a request requeued every
 * 100 ms while no path is usable, a path that multipathd checks. The story tells the first few times and passes over the
 * others, until something else happens in the lane.
 *
 * A moment is in vain when nothing in it moves an I/O on, by the kinds of its events. It is the same again when its first
 * event is: the same kind, device, request and timer.
 */
import { DEV_NONE, type EventChunk, EventKind, type RunHeader } from '../engine/log/index.ts'

/** Told each time before the rest is passed over. */
const TOLD = 3

const IN_VAIN = new Uint8Array(256)
for (const kind of [
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
  IN_VAIN[kind] = 1

export class Habit {
  private readonly header: RunHeader
  private readonly times = new Map<number, number>()
  private key = 0
  private inVain = true

  constructor(header: RunHeader) {
    this.header = header
  }

  /** Another event of the moment at hand, in a row of a chunk. */
  see({ kind: kinds, dev, subject, object }: EventChunk, row: number): void {
    if (!this.inVain) return
    const kind = kinds[row]!
    if (IN_VAIN[kind] === 0 && !this.foundNothing(kind, dev[row]!)) {
      this.inVain = false
      return
    }
    if (this.key !== 0) return
    const isTimer = kind === EventKind.timer_arm || kind === EventKind.timer_end
    this.key = ((kind * 256 + dev[row]!) * 32 + (isTimer ? object[row]! : 0)) * 0x1_0000_0000 + subject[row]!
  }

  /** The moment is complete: whether it is told. A lane in which nothing happened has nothing against passing over. */
  tell(): boolean {
    const { key, inVain } = this
    this.key = 0
    this.inVain = true
    if (!inVain) {
      if (this.times.size > 0) this.times.clear()
      return true
    }
    if (key === 0) return false
    const times = (this.times.get(key) ?? 0) + 1
    this.times.set(key, times)
    return times <= TOLD
  }

  /** No path was found; or a request is issued to a device of device-mapper, where it may still find none. */
  private foundNothing(kind: number, dev: number): boolean {
    if (kind === EventKind.choose_path) return dev === DEV_NONE
    return kind === EventKind.rq_issue && this.header.devices[dev]?.role === 'dm'
  }
}
