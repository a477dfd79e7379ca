/** The list of usable paths that all list-based selectors keep: the order is their memory. */
import type { PgPath } from '../mpath/pg-path.ts'

export class ValidPaths {
  private paths: PgPath[] = []

  get head(): PgPath | undefined {
    return this.paths[0]
  }

  get count(): number {
    return this.paths.length
  }

  [Symbol.iterator](): IterableIterator<PgPath> {
    return this.paths[Symbol.iterator]()
  }

  addToTail(path: PgPath): void {
    this.paths.push(path)
  }

  addToHead(path: PgPath): void {
    this.paths.unshift(path)
  }

  moveToTail(path: PgPath): void {
    this.remove(path)
    this.paths.push(path)
  }

  /** The head goes to the tail. */
  rotate(): void {
    const head = this.paths.shift()
    if (head) this.paths.push(head)
  }

  remove(path: PgPath): void {
    const at = this.paths.indexOf(path)
    if (at >= 0) this.paths.splice(at, 1)
  }
}
