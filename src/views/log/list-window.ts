/**
 * Which part of a long list is in sight. Browsers draw no element of a hundred million pixels: a longer list has a scroll
 * bar of so many pixels at most, of which each stands for several rows, and the rows in sight are counted, not measured.
 */
import { LogRows } from './log-rows.ts'

/** Firefox stops at 17 million. */
const MOST_PX = 8_000_000

export function spacePx(total: number, rowPx: number): number {
  return Math.min(MOST_PX, total * rowPx)
}

/** The last rank that can be the first in sight. */
function lastFirst(total: number, rowsInSight: number): number {
  return Math.max(0, total - rowsInSight)
}

/** Rank at the upper edge for a position of the scroll bar. */
export function firstRankAt(scrollTop: number, total: number, rowPx: number, heightPx: number): number {
  const way = spacePx(total, rowPx) - heightPx
  if (way <= 0) return 0
  return (Math.min(scrollTop, way) / way) * lastFirst(total, heightPx / rowPx)
}

/** Position of the scroll bar for a rank at the upper edge. */
export function topOf(first: number, total: number, rowPx: number, heightPx: number): number {
  const last = lastFirst(total, heightPx / rowPx)
  return last === 0 ? 0 : (first / last) * Math.max(0, spacePx(total, rowPx) - heightPx)
}

/** What is in sight now; plain, because it changes while the show plays. */
export class ListWindow {
  /** Rank at the upper edge; a part of a row may be above it. */
  first = 0
  /** Where the keyboard is; undefined: at the present event. */
  active: number | undefined
  /** The present event stays in sight. */
  following = true
  private painted: LogRows | undefined
  /** Where the scroll bar was put, by us or by somebody: news of it may come when the window is further on. */
  private barPx = 0

  /** The rows in an element, made once. */
  rowsIn(host: HTMLElement): LogRows {
    return (this.painted ??= new LogRows(host))
  }

  /** The element is gone. */
  forgetRows(): void {
    this.painted?.clear()
    this.painted = undefined
  }

  follow(following: boolean): void {
    this.following = following
  }

  activate(rank: number | undefined): void {
    this.active = rank
  }

  /** Puts the scroll bar of an element where the window is. */
  moveBar(element: HTMLElement, total: number, rowPx: number, heightPx: number): void {
    const top = topOf(this.first, total, rowPx, heightPx)
    if (Math.abs(element.scrollTop - top) >= 1) element.scrollTop = top
    this.barPx = element.scrollTop
  }

  /** Somebody moved the scroll bar; false where it is where it was put. */
  barMoved(scrollTop: number, total: number, rowPx: number, heightPx: number): boolean {
    if (Math.abs(scrollTop - this.barPx) < 2) return false
    this.barPx = scrollTop
    this.first = firstRankAt(scrollTop, total, rowPx, heightPx)
    return true
  }

  scrollBy(rows: number, total: number, rowsInSight: number): void {
    this.first = Math.min(lastFirst(total, rowsInSight), Math.max(0, this.first + rows))
  }

  /** So that a rank stands at a share of the height. */
  lookAt(rank: number, total: number, rowsInSight: number, share: number): void {
    const wanted = Math.floor(rank - rowsInSight * share)
    this.first = Math.min(lastFirst(total, rowsInSight), Math.max(0, wanted))
  }

  /** No further than needed. */
  reveal(rank: number, rowsInSight: number): void {
    this.first = Math.max(0, Math.min(rank, Math.max(this.first, rank + 1 - rowsInSight)))
  }
}
