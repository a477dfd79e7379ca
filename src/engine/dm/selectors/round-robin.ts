/**
 * round-robin (drivers/md/dm-ps-round-robin.c, 4.12 to 7.1): the head of the list, which then goes to the tail.
 * repeat_count is accepted and treated as 1.
 */
import type { PgPath } from '../mpath/pg-path.ts'
import type { PathSelector } from './path-selector.ts'
import { ValidPaths } from './valid-paths.ts'

export class RoundRobin implements PathSelector {
  readonly name = 'round-robin'
  readonly usesStartTime = false
  readonly infoArgs = 0
  readonly tableArgs = 1
  private readonly valid: ValidPaths = new ValidPaths()

  addPath(path: PgPath): void {
    this.valid.addToTail(path)
  }

  select(): PgPath | undefined {
    const path = this.valid.head
    if (path) this.valid.moveToTail(path)
    return path
  }

  startIo(): void {
    // keeps no account of what is in flight
  }

  endIo(): void {
    // keeps no account of what is in flight
  }

  failPath(path: PgPath): void {
    this.valid.remove(path)
  }

  /** A returning path is the very next one used. */
  reinstatePath(path: PgPath): void {
    this.valid.addToHead(path)
  }

  nextInLine(): PgPath | undefined {
    return this.valid.head
  }

  groupStatus(): string {
    return '0'
  }

  infoOf(): string {
    return ''
  }

  tableOf(): string {
    return '1'
  }
}
