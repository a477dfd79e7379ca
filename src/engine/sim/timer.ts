/** A kernel timer: fires once, in interrupt context, unless it is moved or cancelled first. */
import type { EventQueue, Firing } from './event-queue.ts'

export class Timer {
  private readonly clock: EventQueue
  private readonly action: () => void
  private pending: Shot | undefined

  constructor(clock: EventQueue, action: () => void) {
    this.clock = clock
    this.action = action
  }

  get armed(): boolean {
    return this.pending !== undefined
  }

  /** mod_timer: sets or moves the expiry. */
  modify(delayNs: number): void {
    this.cancel()
    this.pending = new Shot(this)
    this.clock.schedule(this.clock.nowNs + delayNs, this.pending)
  }

  /** True when it was armed. */
  cancel(): boolean {
    if (this.pending === undefined) return false
    this.pending.owner = undefined
    this.pending = undefined
    return true
  }

  expire(): void {
    this.pending = undefined
    this.action()
  }
}

/** One setting of a timer. A moved timer leaves its old setting in the event queue without an owner. */
class Shot implements Firing {
  owner: Timer | undefined

  constructor(owner: Timer) {
    this.owner = owner
  }

  fire(): void {
    this.owner?.expire()
  }
}
