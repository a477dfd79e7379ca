/**
 * The future: what happens at which nanosecond. A binary heap over flat arrays, ordered by (time, order of scheduling),
 * so that equal times keep the order in which they were asked for and a run repeats byte for byte.
 */
import type { Context } from './cpu.ts'

export interface Firing {
  fire(): void
}

export class EventQueue {
  /** Simulated time, integer nanoseconds. Advanced by fireNext and, between events, by whoever runs (see Context.spend). */
  nowNs = 0
  /** Time of the next event; Infinity when there is none. */
  nextNs: number = Infinity
  /** The context that runs at this instant; undefined in a timer's interrupt. */
  running: Context | undefined
  private times = new Float64Array(256)
  private orders = new Float64Array(256)
  private items: (Firing | undefined)[] = []
  private size = 0
  private scheduled = 0

  schedule(timeNs: number, item: Firing): void {
    if (this.size === this.times.length) this.grow()
    this.siftUp(this.size++, timeNs, this.scheduled++, item)
    this.nextNs = this.times[0]!
  }

  /** Fires the earliest event; false when there is none. */
  fireNext(): boolean {
    if (this.size === 0) return false
    const item = this.items[0]!
    this.nowNs = this.times[0]!
    this.size--
    const last = this.items[this.size]!
    this.items[this.size] = undefined
    if (this.size > 0) this.siftDown(this.times[this.size]!, this.orders[this.size]!, last)
    this.nextNs = this.size > 0 ? this.times[0]! : Infinity
    item.fire()
    return true
  }

  private grow(): void {
    const times = new Float64Array(this.times.length * 2)
    const orders = new Float64Array(this.times.length * 2)
    times.set(this.times)
    orders.set(this.orders)
    this.times = times
    this.orders = orders
  }

  private siftUp(from: number, timeNs: number, order: number, item: Firing): void {
    const { times, orders, items } = this
    let at = from
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (times[parent]! <= timeNs) break // equal times: the parent was scheduled earlier
      times[at] = times[parent]!
      orders[at] = orders[parent]!
      items[at] = items[parent]
      at = parent
    }
    times[at] = timeNs
    orders[at] = order
    items[at] = item
  }

  private siftDown(timeNs: number, order: number, item: Firing): void {
    const { times, orders, items, size } = this
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= size) break
      const right = child + 1
      if (right < size && this.before(right, times[child]!, orders[child]!)) child = right
      if (!this.before(child, timeNs, order)) break
      times[at] = times[child]!
      orders[at] = orders[child]!
      items[at] = items[child]
      at = child
    }
    times[at] = timeNs
    orders[at] = order
    items[at] = item
  }

  private before(at: number, timeNs: number, order: number): boolean {
    const time = this.times[at]!
    return time < timeNs || (time === timeNs && this.orders[at]! < order)
  }
}
