/**
 * queue-length (drivers/md/dm-queue-length.c, 3.6 to 5.4; dm-ps-queue-length.c, 6.1): the first path with the fewest
 * I/Os in flight, which then goes to the tail of the list; to 4.14 it is the head that went there before the search.
 */
import type { KernelProfile } from '../../kernel/profile.ts'
import type { PgPath } from '../mpath/pg-path.ts'
import type { PathSelector } from './path-selector.ts'
import { RepeatCounts } from './repeat-counts.ts'
import { ValidPaths } from './valid-paths.ts'

export class QueueLength implements PathSelector {
  readonly name = 'queue-length'
  readonly usesStartTime = false
  readonly infoArgs = 1
  readonly tableArgs = 1
  private readonly valid: ValidPaths = new ValidPaths()
  private readonly inFlight = new Map<PgPath, number>()

  private readonly repeats: RepeatCounts
  private readonly rotatesBefore: boolean

  constructor(profile: KernelProfile) {
    this.repeats = new RepeatCounts(profile, 'queue-length')
    this.rotatesBefore = profile.selectorTies === 'rotate-before'
  }

  /** args: [repeat_count] */
  addPath(path: PgPath, args: readonly string[]): void {
    this.valid.addToTail(path)
    this.repeats.add(path, args[0])
    this.inFlight.set(path, 0)
  }

  select(): PgPath | undefined {
    if (this.rotatesBefore) this.valid.rotate()
    const best = this.shortest()
    if (best && !this.rotatesBefore) this.valid.moveToTail(best)
    return best
  }

  /** Depends on what starts and ends until then. */
  nextInLine(): undefined {
    return undefined
  }

  private shortest(): PgPath | undefined {
    let best: PgPath | undefined
    for (const path of this.valid) {
      if (best === undefined || this.lengthOf(path) < this.lengthOf(best)) best = path
      if (this.lengthOf(best) === 0) break
    }
    return best
  }

  repeatOf(path: PgPath): number {
    return this.repeats.of(path)
  }

  startIo(path: PgPath): void {
    this.inFlight.set(path, this.lengthOf(path) + 1)
  }

  endIo(path: PgPath): void {
    this.inFlight.set(path, this.lengthOf(path) - 1)
  }

  failPath(path: PgPath): void {
    this.valid.remove(path)
  }

  reinstatePath(path: PgPath): void {
    this.valid.addToTail(path)
  }

  groupStatus(): string {
    return '0'
  }

  infoOf(path: PgPath): string {
    return String(this.lengthOf(path))
  }

  tableOf(path: PgPath): string {
    return String(this.repeats.of(path))
  }

  private lengthOf(path: PgPath): number {
    return this.inFlight.get(path) ?? 0
  }
}
