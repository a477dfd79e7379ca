/**
 * Requests in order of their first sector; equal sectors in order of insertion (elv_rb_*). A sorted array with bisection:
 * a scheduler holds at most nr_requests (hundreds), where moving a few pointers is cheaper than a tree.
 *
 * The sector a request was filed under is kept, so that a request whose start has moved is still found.
 */
import type { Request } from './request.ts'

export class SortedBySector {
  private readonly items: Request[] = []
  private readonly keys: number[] = []

  get size(): number {
    return this.items.length
  }

  insert(rq: Request): void {
    const at = this.firstAbove(rq.sector)
    this.items.splice(at, 0, rq)
    this.keys.splice(at, 0, rq.sector)
  }

  remove(rq: Request): void {
    const at = this.indexOf(rq)
    if (at < 0) return
    this.items.splice(at, 1)
    this.keys.splice(at, 1)
  }

  /** After the start of `rq` has moved. */
  resort(rq: Request): void {
    this.remove(rq)
    this.insert(rq)
  }

  /** The first request that starts at this sector or behind it. */
  atOrAfter(sector: number): Request | undefined {
    return this.items[this.firstAtOrAbove(sector)]
  }

  after(rq: Request): Request | undefined {
    const at = this.indexOf(rq)
    return at < 0 ? undefined : this.items[at + 1]
  }

  before(rq: Request): Request | undefined {
    const at = this.indexOf(rq)
    return at <= 0 ? undefined : this.items[at - 1]
  }

  private indexOf(rq: Request): number {
    for (let at = this.firstAtOrAbove(rq.sector); this.keys[at] === rq.sector; at++) {
      if (this.items[at] === rq) return at
    }
    return this.items.indexOf(rq) // its start has moved since it was filed
  }

  private firstAtOrAbove(sector: number): number {
    let low = 0
    let high = this.keys.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.keys[middle]! < sector) low = middle + 1
      else high = middle
    }
    return low
  }

  private firstAbove(sector: number): number {
    let low = 0
    let high = this.keys.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.keys[middle]! <= sector) low = middle + 1
      else high = middle
    }
    return low
  }
}
