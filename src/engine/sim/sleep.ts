/** A task sleeps for a time: nanosleep, with its plug flushed first as for every sleep. */
import { flushPlugBeforeSleep } from '../block/blk-mq-plug.ts'
import { EventKind, SleepReason } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import type { Firing } from '../sim/event-queue.ts'

export function* sleepNs(m: Machine, ctx: Context, durationNs: number): Steps {
  yield* flushPlugBeforeSleep(m, ctx)
  m.log.emit(EventKind.task_sleep, 255, 0, 0, 0, 0, 0, SleepReason.sleep)
  m.clock.schedule(m.clock.nowNs + durationNs, new Alarm(ctx))
  ctx.sleep(false)
  yield
  m.log.emit(EventKind.task_wake, 255, 0, 0, 0, 0, 0, SleepReason.sleep)
}

class Alarm implements Firing {
  private readonly context: Context

  constructor(context: Context) {
    this.context = context
  }

  fire(): void {
    this.context.wake()
  }
}
