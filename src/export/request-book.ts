/**
 * Remembers of every live request what the kernel still knows when it ends: position, length, and whether its bios are
 * gone. Two things in a trace depend on it: block_io_start/block_io_done, which the log has no kinds for, and the priority,
 * which the kernel reads from the first bio of a request and calls "none" where there is none (6.12).
 *
 * Holds live requests only, so its size follows what is in flight, not the length of the run.
 */
import { EventKind, Op, opOf, type DeviceInfo } from '../engine/log/index.ts'
import type { Row } from './sources.ts'

export interface BookedRequest {
  readonly device: DeviceInfo | undefined
  readonly rwbs: string
  readonly sector: number
  readonly sizeSectors: number
  readonly bioless: boolean
}

export class RequestBook {
  private readonly live = new Map<number, BookedRequest>()

  /** Takes an event into account; call it before the event's own line is written. */
  note(row: Row): void {
    switch (row.kind) {
      case EventKind.getrq:
      case EventKind.rq_remap:
      case EventKind.rq_insert:
      case EventKind.rq_issue: {
        const { device, rwbs, sector, sizeSectors } = row
        this.live.set(row.subject, { device, rwbs, sector, sizeSectors, bioless: neverHasBio(row) })
        break
      }
      case EventKind.head_requeue: {
        // its bios were taken from it
        const request = this.live.get(row.object)
        if (request !== undefined) this.live.set(row.object, { ...request, bioless: true })
        break
      }
      case EventKind.rq_merge:
        this.live.delete(row.subject)
        break
    }
  }

  /** Takes a completion into account; call it after the event's own line is written. */
  noteCompletion(row: Row): void {
    const request = this.live.get(row.subject)
    if (row.kind !== EventKind.rq_complete || request === undefined) return
    // Bios leave with their data, with or without an error; an empty flush has one bio and no data.
    const drained = row.sizeSectors > 0 ? row.sizeSectors >= request.sizeSectors : request.sizeSectors === 0
    this.live.set(row.subject, { ...request, rwbs: row.rwbs, bioless: request.bioless || drained })
  }

  /** The request has no bio (any more): flush and passthrough commands, and what is drained. */
  isBioless(row: Row): boolean {
    return neverHasBio(row) || (this.live.get(row.subject)?.bioless ?? false)
  }

  /** The request is freed: what was booked for it, if it was ever started. */
  take(subject: number): BookedRequest | undefined {
    const request = this.live.get(subject)
    this.live.delete(subject)
    return request
  }
}

/** Flush and passthrough commands. */
export function neverHasBio({ rwbsPacked }: Row): boolean {
  const op = opOf(rwbsPacked)
  return op === Op.FLUSH || op === Op.DRV_IN || op === Op.DRV_OUT
}
