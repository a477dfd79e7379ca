/**
 * round-robin (drivers/md/dm-round-robin.c, 2.6.28 to 4.20; dm-ps-round-robin.c, 6.1): the head of the list, which then
 * goes to the tail; in 4.8 and 4.9 only when its repeat_count is used up.
 *
 * Simplified: 4.8 counts per CPU and reads the sum approximately; here one exact count. A failed path is not kept.
 */
import type { KernelProfile } from '../../kernel/profile.ts'
import type { PgPath } from '../mpath/pg-path.ts'
import type { PathSelector } from './path-selector.ts'
import { RepeatCounts } from './repeat-counts.ts'
import { ValidPaths } from './valid-paths.ts'

export class RoundRobin implements PathSelector {
  readonly name = 'round-robin'
  readonly usesStartTime = false
  readonly infoArgs = 0
  readonly tableArgs = 1
  private readonly valid: ValidPaths = new ValidPaths()
  private readonly repeats: RepeatCounts
  private readonly countsItself: boolean
  /** s->current_path and s->repeat_count of 4.8. */
  private kept: PgPath | undefined
  private keptLeft = 0

  constructor(profile: KernelProfile) {
    this.repeats = new RepeatCounts(profile, 'round-robin')
    this.countsItself = profile.repeatCount === 'round-robin'
  }

  /** args: [repeat_count] */
  addPath(path: PgPath, args: readonly string[]): void {
    this.valid.addToTail(path)
    this.repeats.add(path, args[0])
  }

  select(): PgPath | undefined {
    if (this.kept !== undefined && --this.keptLeft > 0) return this.kept
    const path = this.valid.head
    if (path === undefined) return undefined
    this.valid.moveToTail(path)
    if (this.countsItself) {
      this.kept = path
      this.keptLeft = this.repeats.of(path)
    }
    return path
  }

  repeatOf(path: PgPath): number {
    return this.countsItself ? 1 : this.repeats.of(path)
  }

  startIo(): void {
    // keeps no account of what is in flight
  }

  endIo(): void {
    // keeps no account of what is in flight
  }

  failPath(path: PgPath): void {
    this.valid.remove(path)
    if (this.kept === path) this.kept = undefined
  }

  /** A returning path is the very next one used. */
  reinstatePath(path: PgPath): void {
    this.valid.addToHead(path)
  }

  nextInLine(): PgPath | undefined {
    return this.kept !== undefined && this.keptLeft > 1 ? this.kept : this.valid.head
  }

  groupStatus(): string {
    return '0'
  }

  infoOf(): string {
    return ''
  }

  tableOf(path: PgPath): string {
    return String(this.repeats.of(path))
  }
}
