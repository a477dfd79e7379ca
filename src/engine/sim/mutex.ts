/** A lock that a context sleeps for (kernel/locking/mutex.c): first come, first served. Simplified: nobody spins. */
import type { Context, Steps } from './cpu.ts'

export class Mutex {
  private readonly waiters: Context[] = []
  private held = false

  unlock(): void {
    this.held = false
    this.waiters.shift()?.wake()
  }

  /** `sleeps` and `wakes` are told when the context has to wait. */
  *lock(ctx: Context, sleeps: () => void, wakes: () => void): Steps {
    while (this.held) {
      this.waiters.push(ctx)
      sleeps()
      ctx.sleep()
      yield
      wakes()
    }
    this.held = true
  }
}
