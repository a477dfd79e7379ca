/** Runs that have ended, so that going back to a branch shows it at once. The last used stay, up to so many events. */
import type { RunRecord } from '../record/run-record.ts'

/** 35 bytes an event: 140 MB, beside what the lanes themselves hold. */
const MAX_CACHED_EVENTS = 4_000_000

export class RunCache {
  private readonly records = new Map<string, RunRecord>()
  private readonly maxEvents: number
  private events = 0

  constructor(maxEvents: number = MAX_CACHED_EVENTS) {
    this.maxEvents = maxEvents
  }

  keep(key: string, record: RunRecord): void {
    this.take(key)
    this.records.set(key, record)
    this.events += record.eventCount
    for (const oldest of this.records.keys()) {
      if (this.events <= this.maxEvents) return
      this.take(oldest)
    }
  }

  /** The record, which is no longer kept here. */
  take(key: string): RunRecord | undefined {
    const record = this.records.get(key)
    if (record === undefined) return undefined
    this.records.delete(key)
    this.events -= record.eventCount
    return record
  }

  clear(): void {
    this.records.clear()
    this.events = 0
  }
}
