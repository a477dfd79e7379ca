/**
 * historical-service-time (drivers/md/dm-ps-historical-service-time.c, 5.8 to 7.1) in its own integer arithmetic:
 * an exponential average of measured service times, fixed point with 10 bits, aged by how long ago it was measured.
 */
import type { PgPath } from '../mpath/pg-path.ts'
import type { PathSelector } from './path-selector.ts'
import { ValidPaths } from './valid-paths.ts'

const FIXED_SHIFT = 10n
const FIXED_ONE = 1n << FIXED_SHIFT
const FIXED_95 = 972n
const BUCKETS = 64
const BUCKET_SHIFT = 24n
const FIXED_MAX = (1n << 64n) - 1n

/** fixed_power: square and multiply, each product rounded. */
export function fixedPower(base: bigint, power: number): bigint {
  let result = FIXED_ONE
  let factor = base
  for (let n = power; n > 0; n >>= 1) {
    if (n & 1) result = (result * factor + FIXED_ONE / 2n) >> FIXED_SHIFT
    factor = (factor * factor + FIXED_ONE / 2n) >> FIXED_SHIFT
  }
  return result
}

interface History {
  hst: bigint
  staleAfterNs: bigint
  lastFinishNs: bigint
  outstanding: number
}

export class HistoricalServiceTime implements PathSelector {
  readonly name = 'historical-service-time'
  readonly usesStartTime = true
  readonly infoArgs = 3
  readonly tableArgs = 1
  private readonly valid: ValidPaths = new ValidPaths()
  private readonly histories = new Map<PgPath, History>()
  private readonly weights: readonly bigint[]
  private readonly threshold: bigint
  private readonly nowNs: () => number

  /** args: [base_weight 0..1023 [threshold_multiplier]] */
  constructor(args: readonly string[], nowNs: () => number) {
    const base = args[0] === undefined ? FIXED_95 : BigInt(args[0])
    this.weights = Array.from({ length: BUCKETS }, (_, i) =>
      i === BUCKETS - 1 ? 0n : fixedPower(base, i + 1),
    )
    this.threshold = BigInt(args[1] ?? 0)
    this.nowNs = nowNs
  }

  addPath(path: PgPath): void {
    this.valid.addToTail(path)
    this.histories.set(path, { hst: FIXED_ONE, staleAfterNs: 0n, lastFinishNs: 0n, outstanding: 0 })
  }

  select(): PgPath | undefined {
    const now = BigInt(this.nowNs())
    let best: PgPath | undefined
    for (const path of this.valid) {
      if (best === undefined || this.compare(this.historyOf(path), this.historyOf(best), now) < 0n)
        best = path
    }
    if (best) this.valid.moveToTail(best)
    return best
  }

  nextInLine(): undefined {
    return undefined
  }

  startIo(path: PgPath): void {
    this.historyOf(path).outstanding++
  }

  endIo(path: PgPath, _sizeBytes: number, startNs: number): void {
    const h = this.historyOf(path)
    const now = BigInt(this.nowNs())
    const begun = h.lastFinishNs > BigInt(startNs) ? h.lastFinishNs : BigInt(startNs)
    h.lastFinishNs = now
    const st = now > begun ? now - begun : 0n
    h.outstanding--
    const bucket = st >> BUCKET_SHIFT
    const weight = this.weights[bucket < BigInt(BUCKETS) ? Number(bucket) : BUCKETS - 1]!
    const scaled = st << FIXED_SHIFT
    const capped = scaled < FIXED_MAX >> FIXED_SHIFT ? scaled : FIXED_MAX >> FIXED_SHIFT
    h.hst = (h.hst * weight + capped * (FIXED_ONE - weight) + FIXED_ONE / 2n) >> FIXED_SHIFT
    h.staleAfterNs = h.lastFinishNs + BigInt(this.valid.count) * (h.hst >> FIXED_SHIFT)
  }

  failPath(path: PgPath): void {
    this.valid.remove(path)
  }

  reinstatePath(path: PgPath): void {
    this.valid.addToTail(path)
  }

  repeatOf(): number {
    return 1
  }

  groupStatus(): string {
    return `2 ${String(this.weights[0])} ${String(this.threshold)}`
  }

  infoOf(path: PgPath): string {
    const h = this.historyOf(path)
    return `${String(h.hst)} ${String(h.outstanding)} ${String(h.staleAfterNs)}`
  }

  tableOf(): string {
    return '0'
  }

  /** The average in whole nanoseconds, for views. */
  averageNs(path: PgPath): number {
    return Number(this.historyOf(path).hst >> FIXED_SHIFT)
  }

  /** hst_compare: negative when `one` is the better path. */
  private compare(one: History, other: History, now: bigint): bigint {
    const [high, low] = one.hst > other.hst ? [one.hst, other.hst] : [other.hst, one.hst]
    if (!(high > this.threshold * low)) return BigInt(one.outstanding - other.outstanding)
    const idle1 = one.outstanding === 0
    const idle2 = other.outstanding === 0
    if ((idle1 && one.staleAfterNs < now) || (idle2 && other.staleAfterNs < now) || (idle1 && idle2)) {
      return (idle2 ? one.staleAfterNs : 0n) - (idle1 ? other.staleAfterNs : 0n)
    }
    const otherIsBetter = this.otherIsBetter(one, other)
    const winner = otherIsBetter ? other : one
    if (winner.staleAfterNs < now) return BigInt(one.outstanding - other.outstanding)
    return otherIsBetter ? 1n : -1n
  }

  private otherIsBetter(one: History, other: History): boolean {
    if (one.outstanding === other.outstanding) return one.hst > other.hst
    const shift = one.outstanding >= 1024 || other.outstanding >= 1024 ? FIXED_SHIFT : 0n
    return (
      BigInt(1 + one.outstanding) * (one.hst >> shift) > BigInt(1 + other.outstanding) * (other.hst >> shift)
    )
  }

  private historyOf(path: PgPath): History {
    return this.histories.get(path)!
  }
}
