/** Processes that somebody started and waits for. */
import { EventKind, SleepReason } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { Context, Steps } from '../sim/cpu.ts'

export class Crowd {
  private readonly m: Machine
  private present = 0
  private waiter: Context | undefined

  constructor(m: Machine) {
    this.m = m
  }

  enter(): void {
    this.present++
  }

  leave(): void {
    if (--this.present > 0) return
    this.waiter?.wake()
    this.waiter = undefined
  }

  /** Until all have left. */
  *wait(ctx: Context): Steps {
    while (this.present > 0) {
      this.m.log.emit(EventKind.task_sleep, 255, 0, 0, 0, 0, 0, SleepReason.join)
      this.waiter = ctx
      ctx.sleep()
      yield
      this.m.log.emit(EventKind.task_wake, 255, 0, 0, 0, 0, 0, SleepReason.join)
    }
  }
}
