/**
 * queue-length (drivers/md/dm-ps-queue-length.c, 4.16 to 7.1): the first path with the fewest I/Os in flight, which then
 * goes to the tail of the list.
 */
import type { PgPath } from '../mpath/pg-path.ts'
import type { PathSelector } from './path-selector.ts'
import { ValidPaths } from './valid-paths.ts'

export class QueueLength implements PathSelector {
  readonly name = 'queue-length'
  readonly usesStartTime = false
  readonly infoArgs = 1
  readonly tableArgs = 1
  private readonly valid: ValidPaths = new ValidPaths()
  private readonly inFlight = new Map<PgPath, number>()

  addPath(path: PgPath): void {
    this.valid.addToTail(path)
    this.inFlight.set(path, 0)
  }

  select(): PgPath | undefined {
    const best = this.shortest()
    if (best) this.valid.moveToTail(best)
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

  tableOf(): string {
    return '1'
  }

  private lengthOf(path: PgPath): number {
    return this.inFlight.get(path) ?? 0
  }
}
