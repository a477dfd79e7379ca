/**
 * What the charts and the figures of a range are made from: one pass over a lane's events, taken up bit by bit as they
 * arrive. Times within each column never fall, so every question about a range is two bisections.
 *
 * A command is a request that a path's device was given; it ends when all its bytes are answered for, or with an error.
 */
import { BlkStatus, EventKind, sectorAt, type EventChunk } from '../engine/log/index.ts'
import { bytes, floats, words, type Column } from '../lib/column.ts'
import type { RunRecord } from '../record/run-record.ts'
import { Ended } from './ended.ts'
import { StepSeries } from './step-series.ts'

interface OpenCommand {
  readonly issuedNs: number
  readonly sector: number
  readonly sizeSectors: number
  leftSectors: number
}

interface OpenIo {
  readonly submittedNs: number
  readonly sector: number
  readonly sizeSectors: number
}

/** Commands as they were given to the devices. */
export interface Issued {
  readonly timeNs: Column<Float64Array>
  readonly sizeSectors: Column<Uint32Array>
  readonly dev: Column<Uint8Array>
}

export class LaneStats {
  readonly record: RunRecord
  readonly ios: Ended = new Ended()
  readonly commands: Ended = new Ended()
  readonly issued: Issued = { timeNs: floats(), sizeSectors: words(), dev: bytes() }
  /** A time for every bio or request that joined another request. */
  readonly mergesNs: Column<Float64Array> = floats()
  /** Commands in flight, by device. */
  readonly inFlight: Map<number, StepSeries> = new Map()
  /** Tags in use, by device: requests that are alive on its queue. */
  readonly tags: Map<number, StepSeries> = new Map()
  /** I/Os that an application waits for. */
  readonly iosInFlight: StepSeries = new StepSeries()
  /** Events taken up so far. */
  events = 0
  private chunk = 0
  private row = 0
  private readonly openCommands = new Map<number, OpenCommand>()
  private readonly openIos = new Map<number, OpenIo>()
  private readonly queueOf = new Map<number, number>()

  constructor(record: RunRecord) {
    this.record = record
  }

  get caughtUp(): boolean {
    return this.events === this.record.eventCount
  }

  /** Takes up at most so many events; false when there were none. */
  read(atMost: number): boolean {
    const { chunks } = this.record
    const before = this.events
    while (this.events - before < atMost && this.chunk < chunks.length) {
      const chunk = chunks[this.chunk]!
      const end = Math.min(chunk.count, this.row + atMost - (this.events - before))
      this.events += end - this.row
      for (; this.row < end; this.row++) this.event(chunk, this.row)
      if (this.row < chunk.count) break
      this.row = 0
      this.chunk++
    }
    return this.events > before
  }

  private event(chunk: EventChunk, row: number): void {
    const timeNs = chunk.timeNs[row]!
    const subject = chunk.subject[row]!
    const dev = chunk.dev[row]!
    switch (chunk.kind[row]) {
      case EventKind.io_submit:
        this.openIos.set(subject, {
          submittedNs: timeNs,
          sector: sectorAt(chunk, row),
          sizeSectors: chunk.size[row]!,
        })
        this.iosInFlight.add(timeNs, 1)
        break
      case EventKind.io_end:
        this.endIo(subject, timeNs, dev, chunk.arg[row]!)
        break
      case EventKind.backmerge:
      case EventKind.frontmerge:
        this.mergesNs.push(timeNs)
        break
      case EventKind.rq_merge:
        this.mergesNs.push(timeNs)
        this.release(subject, timeNs)
        break
      case EventKind.getrq:
      case EventKind.rq_clone:
        this.take(subject, timeNs, dev)
        break
      case EventKind.rq_issue:
        if (this.isPath(dev)) this.issue(subject, timeNs, dev, sectorAt(chunk, row), chunk.size[row]!)
        break
      case EventKind.rq_complete:
        if (this.isPath(dev)) this.complete(subject, timeNs, dev, chunk.size[row]!, chunk.arg[row]!)
        break
      case EventKind.rq_requeue:
        this.abandon(subject, timeNs, dev)
        break
      case EventKind.rq_free:
        this.abandon(subject, timeNs, dev)
        this.release(subject, timeNs)
        break
      default:
    }
  }

  private isPath(dev: number): boolean {
    return this.record.header.devices[dev]?.role !== 'dm'
  }

  private endIo(io: number, timeNs: number, dev: number, status: number): void {
    const open = this.openIos.get(io)
    if (open === undefined) return
    this.openIos.delete(io)
    this.iosInFlight.add(timeNs, -1)
    const { submittedNs, sector, sizeSectors } = open
    this.ios.push({ endNs: timeNs, tookNs: timeNs - submittedNs, sector, sizeSectors, dev, status })
  }

  private issue(id: number, timeNs: number, dev: number, sector: number, sizeSectors: number): void {
    this.issued.timeNs.push(timeNs)
    this.issued.sizeSectors.push(sizeSectors)
    this.issued.dev.push(dev)
    this.abandon(id, timeNs, dev)
    this.openCommands.set(id, { issuedNs: timeNs, sector, sizeSectors, leftSectors: sizeSectors })
    seriesOf(this.inFlight, dev).add(timeNs, 1)
  }

  private complete(id: number, timeNs: number, dev: number, doneSectors: number, status: number): void {
    const open = this.openCommands.get(id)
    if (open === undefined) return
    open.leftSectors -= doneSectors
    if (status === BlkStatus.OK && open.leftSectors > 0) return
    this.abandon(id, timeNs, dev)
    const { issuedNs, sector, sizeSectors } = open
    this.commands.push({ endNs: timeNs, tookNs: timeNs - issuedNs, sector, sizeSectors, dev, status })
  }

  /** The device has a command no longer. */
  private abandon(id: number, timeNs: number, dev: number): void {
    if (this.openCommands.delete(id)) seriesOf(this.inFlight, dev).add(timeNs, -1)
  }

  private take(id: number, timeNs: number, dev: number): void {
    this.queueOf.set(id, dev)
    seriesOf(this.tags, dev).add(timeNs, 1)
  }

  private release(id: number, timeNs: number): void {
    const dev = this.queueOf.get(id)
    if (dev === undefined) return
    this.queueOf.delete(id)
    seriesOf(this.tags, dev).add(timeNs, -1)
  }
}

function seriesOf(all: Map<number, StepSeries>, dev: number): StepSeries {
  let found = all.get(dev)
  if (found === undefined) all.set(dev, (found = new StepSeries()))
  return found
}
