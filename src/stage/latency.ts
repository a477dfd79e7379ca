/**
 * Percentile of the latencies of all I/Os that ended up to an event: a histogram with logarithmic buckets that moves with
 * the playhead. Exact to 1.5 %, which is less than the last digit shown; moving back starts again from nothing.
 */
import type { LaneFacts } from './facts.ts'

const BUCKETS_PER_OCTAVE = 48
const BUCKETS = 48 * 48

export class LatencyMeter {
  private readonly buckets: Uint32Array = new Uint32Array(BUCKETS)
  private taken = 0

  /** Latency in ns that `share` (0..1) of the ended I/Os did not exceed; undefined before the first. */
  percentileNs(facts: LaneFacts, index: number, share: number): number | undefined {
    this.moveTo(facts, index)
    if (this.taken === 0) return undefined
    const wanted = Math.ceil(this.taken * share)
    let seen = 0
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      seen += this.buckets[bucket]!
      if (seen >= wanted) return 2 ** ((bucket + 0.5) / BUCKETS_PER_OCTAVE)
    }
    return undefined
  }

  private moveTo(facts: LaneFacts, index: number): void {
    const { endEvents, latenciesNs } = facts
    if (this.taken > 0 && endEvents[this.taken - 1]! > index) {
      this.buckets.fill(0)
      this.taken = 0
    }
    while (this.taken < endEvents.length && endEvents[this.taken]! <= index) {
      const bucket = Math.floor(Math.log2(Math.max(1, latenciesNs[this.taken]!)) * BUCKETS_PER_OCTAVE)
      this.buckets[Math.min(BUCKETS - 1, bucket)]!++
      this.taken++
    }
  }
}
