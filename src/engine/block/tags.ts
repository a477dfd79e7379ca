/**
 * Tags of a hardware queue (block/blk-mq-tag.c): a fixed number of slots, the last freed first, and a queue of
 * submitters that sleep for one.
 *
 * Simplified from sbitmap: no per-CPU hints, and a waiter is woken by each freed tag instead of by batches of them.
 */
import type { Context } from '../sim/cpu.ts'

export class TagSet {
  depth: number
  private readonly free: number[] = []
  private next = 0
  private inUse = 0
  private readonly waiters: Context[] = []

  constructor(depth: number) {
    this.depth = depth
  }

  get used(): number {
    return this.inUse
  }

  /** A tag, or -1 when `limit` (default: all) tags are in use. */
  tryGet(limit: number = this.depth): number {
    if (this.inUse >= limit) return -1
    this.inUse++
    return this.free.pop() ?? this.next++
  }

  put(tag: number): void {
    this.inUse--
    this.free.push(tag)
    this.waiters.shift()?.wake()
  }

  /** The context is woken when a tag is freed; it tries again then. */
  wait(context: Context): void {
    this.waiters.push(context)
  }

  /** Wakes everybody, for when the queue is going away. */
  wakeAll(): void {
    for (const waiter of this.waiters.splice(0)) waiter.wake()
  }
}
