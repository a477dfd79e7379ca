/**
 * service-time (drivers/md/dm-service-time.c, 3.6 to 5.4; dm-ps-service-time.c, 6.1): least bytes in flight, weighed by
 * relative throughput. It measures no time at all.
 */
import type { KernelProfile } from '../../kernel/profile.ts'
import type { PgPath } from '../mpath/pg-path.ts'
import { LeastLoaded } from './least-loaded.ts'

/** Bytes in flight above which both sides are scaled down before they are multiplied (maximum size_t >> 7). */
const ST_MAX_INFLIGHT_SIZE = 2 ** 57

interface Load {
  inFlightBytes: number
  readonly throughput: number
}

export class ServiceTime extends LeastLoaded {
  readonly name = 'service-time'
  readonly infoArgs = 2
  readonly tableArgs = 2
  private readonly loads = new Map<PgPath, Load>()

  constructor(profile: KernelProfile) {
    super(profile, 'service-time')
  }

  /** args: [repeat_count [relative_throughput 0..100]] */
  override addPath(path: PgPath, args: readonly string[]): void {
    super.addPath(path, args)
    this.loads.set(path, { inFlightBytes: 0, throughput: Number(args[1] ?? 1) })
  }

  protected override least(sizeBytes: number): PgPath | undefined {
    let best: PgPath | undefined
    for (const path of this.valid) {
      if (best === undefined || compareLoad(this.loadOf(path), this.loadOf(best), sizeBytes) < 0) best = path
    }
    return best
  }

  override startIo(path: PgPath, sizeBytes: number): void {
    this.loadOf(path).inFlightBytes += sizeBytes
  }

  override endIo(path: PgPath, sizeBytes: number): void {
    this.loadOf(path).inFlightBytes -= sizeBytes
  }

  override infoOf(path: PgPath): string {
    const { inFlightBytes, throughput } = this.loadOf(path)
    return `${String(inFlightBytes)} ${String(throughput)}`
  }

  override tableOf(path: PgPath): string {
    return `${String(this.repeatOf(path))} ${String(this.loadOf(path).throughput)}`
  }

  private loadOf(path: PgPath): Load {
    return this.loads.get(path)!
  }
}

/** st_compare_load: negative when `one` is the better path for `sizeBytes` more, positive when `other` is. */
export function compareLoad(one: Readonly<Load>, other: Readonly<Load>, sizeBytes: number): number {
  if (one.throughput === other.throughput) return one.inFlightBytes - other.inFlightBytes
  if (one.inFlightBytes === other.inFlightBytes || one.throughput === 0 || other.throughput === 0) {
    return other.throughput - one.throughput
  }
  let size1 = one.inFlightBytes + sizeBytes
  let size2 = other.inFlightBytes + sizeBytes
  if (size1 >= ST_MAX_INFLIGHT_SIZE || size2 >= ST_MAX_INFLIGHT_SIZE) {
    size1 = Math.floor(size1 / 128)
    size2 = Math.floor(size2 / 128)
  }
  const weighed1 = size1 * other.throughput
  const weighed2 = size2 * one.throughput
  return weighed1 === weighed2 ? other.throughput - one.throughput : weighed1 - weighed2
}
