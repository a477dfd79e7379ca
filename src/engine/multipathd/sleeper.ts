/** How the daemon waits: asleep until it is woken, and not at all if it was woken while it was at work. */
import type { Context, Steps } from '../sim/cpu.ts'

export class Sleeper {
  private readonly ctx: Context
  private asleep = false
  private woken = false

  constructor(ctx: Context) {
    this.ctx = ctx
  }

  *sleep(): Steps {
    if (!this.woken) {
      this.asleep = true
      this.ctx.sleep(false)
      yield
    }
    this.asleep = false
    this.woken = false
  }

  /** Whoever wakes it while it is at work has it look again before it sleeps. */
  wake(): void {
    if (this.asleep) this.ctx.wake()
    else this.woken = true
  }
}
