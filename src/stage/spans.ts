/**
 * The life of every original bio, and of every request, as a row of spans: which step of the stack it was in, from when to when. What the
 * timeline draws and the inspector adds up.
 *
 * One pass over the events, like the facts, which must have read the same events before.
 */
import { EventKind, sectorAt, type EventChunk, type RunHeader } from '../engine/log/index.ts'
import { ThingKind, type LaneFacts } from './facts.ts'
import { originalOf } from './names.ts'
import { SpanRows } from './span-rows.ts'
import { SpanStage } from './span-stage.ts'

export class LaneSpans {
  readonly bios: SpanRows = new SpanRows()
  readonly requests: SpanRows = new SpanRows()
  private readonly header: RunHeader
  private readonly facts: LaneFacts
  private readonly members = new Map<number, number[]>()

  constructor(header: RunHeader, facts: LaneFacts) {
    this.header = header
    this.facts = facts
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
        this.bio(subject, this.isDm(dev) ? SpanStage.dm : SpanStage.merge, ns, dev, sectorAt(chunk, row))
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
        this.requests.enter(this.facts.ordinalOf(subject), SpanStage.merge, ns, dev, sectorAt(chunk, row))
        this.bio(object, SpanStage.merge, ns, dev)
        break
      case EventKind.backmerge:
      case EventKind.frontmerge:
        this.join(subject, object)
        this.bio(subject, SpanStage.merge, ns, dev)
        break
      case EventKind.rq_merge:
        this.absorb(subject, object)
        this.requests.enter(this.facts.ordinalOf(subject), SpanStage.end, ns, dev, 0)
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
      case EventKind.rq_complete:
        if (!this.isDm(dev) && chunk.arg[row] === 0 && chunk.size[row]! > 0)
          this.requests.enter(this.facts.ordinalOf(subject), SpanStage.end, ns, dev, 0)
        break
      case EventKind.rq_free:
        this.members.delete(subject)
        // A clone may be followed by another; what it was made of lives on.
        if (this.facts.kindOf(subject) === ThingKind.request)
          this.requests.enter(this.facts.ordinalOf(subject), SpanStage.end, ns, dev, 0)
        break
      default:
    }
  }

  private isDm(dev: number): boolean {
    return this.header.devices[dev]?.role !== 'path'
  }

  /** A bio, a clone, or a request with all its bios. */
  private any(id: number, stage: SpanStage, ns: number, dev: number): void {
    const kind = this.facts.kindOf(id)
    if (kind !== ThingKind.request && kind !== ThingKind.request_clone) {
      this.bio(id, stage, ns, dev)
      return
    }
    this.requests.enter(this.facts.ordinalOf(id), stage, ns, dev, 0)
    const request = kind === ThingKind.request_clone ? this.facts.parentOf(id) : id
    for (const bio of this.members.get(request) ?? []) this.bio(bio, stage, ns, dev)
  }

  private bio(id: number, stage: SpanStage, ns: number, dev: number, sector = 0): void {
    this.bios.enter(this.facts.ordinalOf(originalOf(this.facts, id)), stage, ns, dev, sector)
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
