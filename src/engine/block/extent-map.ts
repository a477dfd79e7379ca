/**
 * What is where, in runs: a map from sectors to marks in which neighbours of the same mark are one entry, so that its
 * size follows the number of changes between neighbours and not the number of sectors.
 */
export interface Mark {
  /** Which write put it there; NO_STAMP for what nobody marked. */
  readonly stamp: number
  /** How far the application's sector that the data was written for lies from where it is: what the stack does to sectors, else 0. */
  readonly shift: number
}

export const NO_STAMP = 0
const NOTHING: Mark = { stamp: NO_STAMP, shift: 0 }

export type ExtentVisitor = (start: number, end: number, mark: Mark) => void

interface Extent extends Mark {
  readonly start: number
  readonly end: number
}

export class ExtentMap {
  /** Sorted, apart or different from their neighbours, never empty. */
  private readonly extents: Extent[] = []

  get size(): number {
    return this.extents.length
  }

  /** Marks sectors `start` up to, not including, `end`; an unmarked one is taken out. */
  write(start: number, end: number, { stamp, shift }: Mark): void {
    if (end <= start) return
    const first = this.firstEndingAfter(start - 1)
    let last = first
    while (last < this.extents.length && this.extents[last]!.start <= end) last++
    let from = start
    let to = end
    const around: { readonly before: Extent[]; readonly after: Extent[] } = { before: [], after: [] }
    for (const old of this.extents.slice(first, last)) {
      const same = old.stamp === stamp && old.shift === shift
      if (same) {
        from = Math.min(from, old.start)
        to = Math.max(to, old.end)
        continue
      }
      if (old.start < start) around.before.push({ ...old, end: Math.min(old.end, start) })
      if (old.end > end) around.after.push({ ...old, start: Math.max(old.start, end) })
    }
    const fresh = stamp === NO_STAMP ? [] : [{ start: from, end: to, stamp, shift }]
    this.extents.splice(first, last - first, ...around.before, ...fresh, ...around.after)
  }

  /** Visits all of `start` to `end` in order, gaps as unmarked. */
  visit(start: number, end: number, visitor: ExtentVisitor): void {
    let at = start
    for (let i = this.firstEndingAfter(start); i < this.extents.length && at < end; i++) {
      const extent = this.extents[i]!
      if (extent.start >= end) break
      if (extent.start > at) visitor(at, extent.start, NOTHING)
      const from = Math.max(at, extent.start)
      at = Math.min(extent.end, end)
      visitor(from, at, extent)
    }
    if (at < end) visitor(at, end, NOTHING)
  }

  /** Every marked extent, in order. */
  *all(): Generator<readonly [start: number, end: number, mark: Mark], void, undefined> {
    for (const extent of this.extents) yield [extent.start, extent.end, extent]
  }

  clear(): void {
    this.extents.length = 0
  }

  /** Index of the first extent that ends after `sector`. */
  private firstEndingAfter(sector: number): number {
    let low = 0
    let high = this.extents.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.extents[middle]!.end > sector) high = middle
      else low = middle + 1
    }
    return low
  }
}
