/** queue-length (drivers/md/dm-queue-length.c, 3.6 to 5.4; dm-ps-queue-length.c, 6.1): the fewest I/Os in flight. */
import type { KernelProfile } from '../../kernel/profile.ts'
import type { PgPath } from '../mpath/pg-path.ts'
import { LeastLoaded } from './least-loaded.ts'

export class QueueLength extends LeastLoaded {
  readonly name = 'queue-length'
  readonly infoArgs = 1
  readonly tableArgs = 1
  private readonly inFlight = new Map<PgPath, number>()

  constructor(profile: KernelProfile) {
    super(profile, 'queue-length')
  }

  protected override least(): PgPath | undefined {
    let best: PgPath | undefined
    for (const path of this.valid) {
      if (best === undefined || this.lengthOf(path) < this.lengthOf(best)) best = path
      if (this.lengthOf(best) === 0) break
    }
    return best
  }

  override startIo(path: PgPath): void {
    this.inFlight.set(path, this.lengthOf(path) + 1)
  }

  override endIo(path: PgPath): void {
    this.inFlight.set(path, this.lengthOf(path) - 1)
  }

  override infoOf(path: PgPath): string {
    return String(this.lengthOf(path))
  }

  override tableOf(path: PgPath): string {
    return String(this.repeatOf(path))
  }

  private lengthOf(path: PgPath): number {
    return this.inFlight.get(path) ?? 0
  }
}
