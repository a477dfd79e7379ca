/**
 * What failed on each path and what became of it: the answer to "what did the failed I/O do next?".
 *
 * One pass over a lane's events as they arrive. A failure belongs to its carrier, which is what lives on and is tried
 * again: the original request of request-based multipath, the clone of bio-based multipath (of a fragment: the clone that
 * was cut), the bio itself on the head of an NVMe namespace. Simplified: a request that fails with many bios in it has one
 * carrier, its first.
 */
import { BlkStatus, DEV_NONE, EventKind, type EventChunk } from '../engine/log/index.ts'
import type { RunRecord } from '../record/run-record.ts'
import { type LaneFacts, ThingKind } from './facts.ts'

export interface Failure {
  readonly index: number
  /** The device whose driver reported it. */
  readonly dev: number
  /** The request that failed there. */
  readonly request: number
  /** blk_status; OK where the path gave the I/O back without one, as an NVMe head does. */
  readonly status: number
  readonly carrier: number
  /** Failures of the same device at the same nanosecond before this one. */
  readonly before: number
  /** The path that its carrier was sent to next, and the event that said so; -1 = not yet. */
  againDev: number
  againIndex: number
  /** When its carrier failed on that path, too, -1 = not yet: what came then is told there. */
  failedAgainIndex: number
  /** When the carrier ended for good, -1 = not yet, and how. */
  endIndex: number
  endStatus: number
}

export class Failures {
  private readonly ofDev = new Map<number, Failure[]>()
  /** The last failure of each carrier. */
  private readonly ofCarrier = new Map<number, Failure>()
  /** Bios taken back by a head from a request whose path is told by the request's end. */
  private readonly takenBack = new Map<number, number>()
  private readChunks = 0
  private readRows = 0
  private events = 0
  private readonly record: RunRecord
  private readonly facts: LaneFacts

  constructor(record: RunRecord, facts: LaneFacts) {
    this.record = record
    this.facts = facts
  }

  /** Takes what has arrived, so many events at most; true when there is more. */
  read(most: number = Infinity): boolean {
    const { chunks } = this.record
    const end = Math.min(this.events + most, this.facts.events)
    while (this.events < end) {
      const chunk = chunks[this.readChunks]!
      while (this.readRows < chunk.count && this.events < end) {
        this.event(chunk, this.readRows++)
        this.events++
      }
      if (this.readRows < chunk.count) break
      this.readChunks++
      this.readRows = 0
    }
    return this.events < this.facts.events
  }

  /** The last failure of a device up to an event. */
  lastOf(dev: number, index: number): Failure | undefined {
    const list = this.ofDev.get(dev)
    if (list === undefined) return undefined
    let low = 0
    let high = list.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (list[middle]!.index <= index) low = middle + 1
      else high = middle
    }
    return list[low - 1]
  }

  private event(chunk: EventChunk, row: number): void {
    const subject = chunk.subject[row]!
    const arg = chunk.arg[row]!
    switch (chunk.kind[row]) {
      case EventKind.rq_error:
        if (this.isDisk(chunk.dev[row]!)) this.failed(chunk, row, this.carrierOf(subject), arg)
        else this.ended(subject, arg)
        break
      case EventKind.head_requeue:
        if (chunk.object[row] !== 0) this.takenBack.set(chunk.object[row]!, subject)
        break
      case EventKind.rq_complete:
        this.completed(chunk, row)
        break
      case EventKind.choose_path:
        if (chunk.dev[row] !== DEV_NONE) this.sentAgain(subject, chunk.dev[row]!)
        break
      case EventKind.bio_queue_mpath:
      case EventKind.bio_retry:
        this.goesOn(subject)
        break
      case EventKind.bio_complete:
      case EventKind.bio_endio:
        this.ended(subject, arg)
        break
      default:
    }
  }

  private isDisk(dev: number): boolean {
    return this.record.header.devices[dev]?.role === 'path'
  }

  private completed(chunk: EventChunk, row: number): void {
    const subject = chunk.subject[row]!
    const bio = this.takenBack.get(subject)
    if (bio !== undefined) {
      this.takenBack.delete(subject)
      this.failed(chunk, row, bio, BlkStatus.OK)
    } else if (chunk.size[row]! > 0 && !this.isDisk(chunk.dev[row]!)) this.ended(subject, chunk.arg[row]!)
  }

  private carrierOf(request: number): number {
    const { facts } = this
    let at = facts.parentOf(request)
    for (let steps = 0; facts.kindOf(at) === ThingKind.fragment && steps < 64; steps++)
      at = facts.parentOf(at)
    return at
  }

  private failed(chunk: EventChunk, row: number, carrier: number, status: number): void {
    if (carrier === 0) return
    const dev = chunk.dev[row]!
    const list = this.ofDev.get(dev) ?? []
    const last = list.at(-1)
    const together = last !== undefined && this.record.timeAt(last.index) === chunk.timeNs[row]
    const failure: Failure = {
      index: this.events,
      dev,
      request: chunk.subject[row]!,
      status,
      carrier,
      before: together ? last.before + 1 : 0,
      againDev: DEV_NONE,
      againIndex: -1,
      failedAgainIndex: -1,
      endIndex: -1,
      endStatus: BlkStatus.OK,
    }
    list.push(failure)
    this.ofDev.set(dev, list)
    const earlier = this.ofCarrier.get(carrier)
    if (earlier !== undefined && earlier.againIndex >= 0) earlier.failedAgainIndex = this.events
    this.ofCarrier.set(carrier, failure)
  }

  private sentAgain(carrier: number, dev: number): void {
    const failure = this.ofCarrier.get(carrier)
    if (failure === undefined || failure.againIndex >= 0) return
    failure.againDev = dev
    failure.againIndex = this.events
  }

  /** An end that was none: multipath keeps the clone and tries again. */
  private goesOn(carrier: number): void {
    const failure = this.ofCarrier.get(carrier)
    if (failure !== undefined) failure.endIndex = -1
  }

  private ended(carrier: number, status: number): void {
    const failure = this.ofCarrier.get(carrier)
    if (failure === undefined) return
    failure.endIndex = this.events
    failure.endStatus = status
  }
}
