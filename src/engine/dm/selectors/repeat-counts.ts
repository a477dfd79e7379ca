/**
 * repeat_count: for how many I/Os a chosen path is kept. Obeyed by the target to 4.5, by round-robin itself in 4.8 and
 * 4.9 (queue-length and service-time then turn any count into 1), by nobody since (dm-round-robin.c, dm-queue-length.c,
 * dm-service-time.c: *_add_path).
 */
import type { KernelProfile } from '../../kernel/profile.ts'
import type { PgPath } from '../mpath/pg-path.ts'

export class RepeatCounts {
  private readonly counts = new Map<PgPath, number>()
  private readonly obeyed: boolean
  private readonly byDefault: number

  constructor(profile: KernelProfile, selector: 'round-robin' | 'queue-length' | 'service-time') {
    const { repeatCount, defaultRepeat } = profile
    this.obeyed = repeatCount === 'target' || (repeatCount === 'round-robin' && selector === 'round-robin')
    switch (selector) {
      case 'round-robin':
        this.byDefault = defaultRepeat.roundRobin
        break
      case 'queue-length':
        this.byDefault = defaultRepeat.queueLength
        break
      case 'service-time':
        this.byDefault = 1
        break
    }
  }

  /** `word`: the path's first argument in the table line. */
  add(path: PgPath, word: string | undefined): void {
    this.counts.set(path, this.obeyed ? Math.max(1, Number(word ?? this.byDefault)) : 1)
  }

  of(path: PgPath): number {
    return this.counts.get(path) ?? 1
  }
}
