/**
 * The life of every original bio as a row of spans: which step of the stack it was in, from when to when. What the
 * timeline draws and the inspector adds up.
 *
 * One pass over the events, like the facts, which must have read the same events before.
 */
import { EventKind, sectorAt, type EventChunk, type RunHeader } from '../engine/log/index.ts'
import { ThingKind, type LaneFacts } from './facts.ts'
import { originalOf } from './names.ts'

export const SpanStage = {
  /** In device-mapper: queued, cloned. */
  dm: 0,
  /** A path is being chosen. */
  choose: 1,
  /** In a plug, a scheduler, a queue: with others or alone. */
  merge: 2,
  /** A device has it. */
  device: 3,
  /** Back again: requeued, or waiting for a path. */
  retry: 4,
  end: 5,
} as const
export type SpanStage = (typeof SpanStage)[keyof typeof SpanStage]

export interface Span {
  /** Running number of the original bio, from 1. */
  readonly bio: number
  readonly stage: SpanStage
  readonly fromNs: number
  /** Infinity while it lasts. */
  toNs: number
  /** Path that had it, 255 = none. */
  readonly dev: number
}

export class BioSpans {
  readonly spans: Span[] = []
  /** First sector of each bio, by running number. */
  readonly sectors: number[] = [0]
  private readonly header: RunHeader
  private readonly facts: LaneFacts
  private readonly last = new Map<number, Span>()
  private readonly members = new Map<number, number[]>()

  constructor(header: RunHeader, facts: LaneFacts) {
    this.header = header
    this.facts = facts
  }

  /** Spans of one bio, in order. */
  of(bio: number): Span[] {
    return this.spans.filter((span) => span.bio === bio)
  }

  read(chunk: EventChunk, fromRow = 0): void {
    for (let row = fromRow; row < chunk.count; row++) this.event(chunk, row)
  }

  private event(chunk: EventChunk, row: number): void {
    const subject = chunk.subject[row]!
    const object = chunk.object[row]!
    const dev = chunk.dev[row]!
    const ns = chunk.timeNs[row]!
    switch (chunk.kind[row]) {
      case EventKind.bio_queue:
        if (this.isDm(dev)) this.bio(subject, SpanStage.dm, ns, dev, sectorAt(chunk, row))
        else this.bio(subject, SpanStage.merge, ns, dev)
        break
      case EventKind.choose_path:
      case EventKind.bio_retry:
        this.any(subject, SpanStage.choose, ns, dev)
        break
      case EventKind.bio_queue_mpath:
      case EventKind.bio_defer:
      case EventKind.rq_requeue:
        this.any(subject, SpanStage.retry, ns, dev)
        break
      case EventKind.getrq:
        this.join(object, subject)
        this.bio(object, SpanStage.merge, ns, dev)
        break
      case EventKind.backmerge:
      case EventKind.frontmerge:
        this.join(subject, object)
        this.bio(subject, SpanStage.merge, ns, dev)
        break
      case EventKind.rq_merge:
        this.absorb(subject, object)
        break
      case EventKind.rq_insert:
        this.any(subject, SpanStage.merge, ns, dev)
        break
      case EventKind.rq_issue:
        if (!this.isDm(dev)) this.any(subject, SpanStage.device, ns, dev)
        break
      case EventKind.bio_complete:
      case EventKind.bio_endio:
        if (this.facts.kindOf(subject) === ThingKind.bio) this.bio(subject, SpanStage.end, ns, dev)
        break
      case EventKind.rq_free:
        this.members.delete(subject)
        break
      default:
    }
  }

  private isDm(dev: number): boolean {
    return this.header.devices[dev]?.role === 'dm'
  }

  /** A bio, a clone, or a request with all its bios. */
  private any(id: number, stage: SpanStage, ns: number, dev: number): void {
    const kind = this.facts.kindOf(id)
    if (kind !== ThingKind.request && kind !== ThingKind.request_clone) {
      this.bio(id, stage, ns, dev)
      return
    }
    const request = kind === ThingKind.request_clone ? this.facts.parentOf(id) : id
    for (const bio of this.members.get(request) ?? []) this.bio(bio, stage, ns, dev)
  }

  private bio(id: number, stage: SpanStage, ns: number, dev: number, sector?: number): void {
    const original = originalOf(this.facts, id)
    const number = this.facts.ordinalOf(original)
    if (number === 0) return
    const before = this.last.get(number)
    if (before === undefined) this.sectors[number] = sector ?? 0
    if (before?.stage === stage || before?.stage === SpanStage.end) return
    if (before !== undefined) before.toNs = ns
    const span: Span = { bio: number, stage, fromNs: ns, toNs: Infinity, dev }
    this.last.set(number, span)
    if (stage !== SpanStage.end) this.spans.push(span)
  }

  private join(bio: number, request: number): void {
    const list = this.members.get(request)
    if (list === undefined) this.members.set(request, [bio])
    else list.push(bio)
  }

  private absorb(gone: number, into: number): void {
    for (const bio of this.members.get(gone) ?? []) this.join(bio, into)
    this.members.delete(gone)
  }
}
