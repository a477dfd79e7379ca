/**
 * What queue-length and service-time have in common (each has it of its own in drivers/md): the usable paths are searched
 * for the one with the least on it, which then goes to the tail of the list; to 4.14 it is the head that went there before
 * the search.
 */
import type { KernelProfile } from '../../kernel/profile.ts'
import type { PgPath } from '../mpath/pg-path.ts'
import type { PathSelector } from './path-selector.ts'
import { RepeatCounts } from './repeat-counts.ts'
import { ValidPaths } from './valid-paths.ts'

export abstract class LeastLoaded implements PathSelector {
  abstract readonly name: string
  abstract readonly infoArgs: number
  abstract readonly tableArgs: number
  readonly usesStartTime = false
  protected readonly valid: ValidPaths = new ValidPaths()
  private readonly repeats: RepeatCounts
  private readonly rotatesBefore: boolean

  constructor(profile: KernelProfile, name: 'queue-length' | 'service-time') {
    this.repeats = new RepeatCounts(profile, name)
    this.rotatesBefore = profile.selectorTies === 'rotate-before'
  }

  /** The path with the least on it, of equals the first in the list. */
  protected abstract least(sizeBytes: number): PgPath | undefined
  abstract startIo(path: PgPath, sizeBytes: number): void
  abstract endIo(path: PgPath, sizeBytes: number): void
  abstract infoOf(path: PgPath): string
  abstract tableOf(path: PgPath): string

  /** args: [repeat_count ...] */
  addPath(path: PgPath, args: readonly string[]): void {
    this.valid.addToTail(path)
    this.repeats.add(path, args[0])
  }

  select(sizeBytes: number): PgPath | undefined {
    if (this.rotatesBefore) this.valid.rotate()
    const best = this.least(sizeBytes)
    if (best && !this.rotatesBefore) this.valid.moveToTail(best)
    return best
  }

  /** Depends on what starts and ends until then. */
  nextInLine(): undefined {
    return undefined
  }

  repeatOf(path: PgPath): number {
    return this.repeats.of(path)
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
}
