/**
 * The last objects that ended, so that the stage can show their end for a while; older ones give their rows back.
 *
 * An entry is void when its object came back to life meanwhile (a clone that multipath maps again), which its
 * `sinceEvent` tells: nothing is ever searched or removed in the middle.
 */
export const ENDED_KEPT = 256

export class EndedRing {
  private readonly slots: Int32Array = new Int32Array(ENDED_KEPT)
  private readonly events: Uint32Array = new Uint32Array(ENDED_KEPT)
  private first = 0
  private used = 0

  /** Adds an ended row; true when the oldest entry had to make room: it is in `droppedSlot` and `droppedEvent`. */
  push(slot: number, event: number): boolean {
    const full = this.used === ENDED_KEPT
    if (full) {
      this.droppedSlot = this.slots[this.first]!
      this.droppedEvent = this.events[this.first]!
      this.first = (this.first + 1) % ENDED_KEPT
    } else this.used++
    const at = (this.first + this.used - 1) % ENDED_KEPT
    this.slots[at] = slot
    this.events[at] = event
    return full
  }

  droppedSlot = 0
  droppedEvent = 0

  copyFrom(other: EndedRing): void {
    this.slots.set(other.slots)
    this.events.set(other.events)
    this.first = other.first
    this.used = other.used
    this.droppedSlot = other.droppedSlot
    this.droppedEvent = other.droppedEvent
  }

  get byteLength(): number {
    return this.slots.byteLength + this.events.byteLength
  }
}
