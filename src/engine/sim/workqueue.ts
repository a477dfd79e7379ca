/**
 * Workqueues: functions that the kernel runs later, in a kworker.
 *
 * kernel/workqueue.c as far as the block layer sees it: a work item is queued at most once, never runs twice at the same
 * time, and runs again if it was queued while running; a delayed work waits for its timer first, and modifying it takes
 * it back from either state. Simplified: every item has a worker of its own, so two items never wait for each other; on
 * one CPU they still run in the order of queueing.
 */
import { Context, type Cpu, CpuClass, type Steps } from './cpu.ts'
import { Timer } from './timer.ts'

/** `goesOn`: the worker runs it again, without having slept. */
export type WorkFunction = (context: Context, goesOn: boolean) => Steps

export class Work {
  private readonly body: WorkFunction
  private readonly worker: Context
  private queued = false
  private running = false

  /** `task` is the kworker's index in the log; `cpuClass` highPriority for kblockd, normal for the others. */
  constructor(cpu: Cpu, task: number, cpuClass: CpuClass, body: WorkFunction) {
    this.worker = new Context(cpu, task, cpuClass)
    this.body = body
  }

  get pending(): boolean {
    return this.queued
  }

  /** queue_work: false when it was queued already. */
  queue(): boolean {
    if (this.queued) return false
    this.queued = true
    if (!this.running) this.begin(false)
    return true
  }

  /** Takes a queued item back; false when it was not queued or has begun. */
  cancel(): boolean {
    if (!this.queued) return false
    this.queued = false
    if (!this.running) this.worker.cpu.unready(this.worker)
    return true
  }

  private begin(goesOn: boolean): void {
    this.worker.start(this.run(goesOn), () => {
      this.running = false
      if (this.queued) this.begin(true)
    })
  }

  private *run(goesOn: boolean): Steps {
    this.queued = false
    this.running = true
    yield* this.body(this.worker, goesOn)
  }
}

/** Told of the timer of a delayed work, so that whoever waits for it can be seen to wait. */
export interface TimerWatch {
  armed(delayNs: number): void
  ended(cancelled: boolean): void
}

export class DelayedWork {
  readonly work: Work
  private readonly timer: Timer
  private readonly watch: TimerWatch | undefined

  constructor(cpu: Cpu, task: number, cpuClass: CpuClass, body: WorkFunction, watch?: TimerWatch) {
    this.work = new Work(cpu, task, cpuClass, body)
    this.watch = watch
    this.timer = new Timer(cpu.clock, () => {
      this.watch?.ended(false)
      this.work.queue()
    })
  }

  /** mod_delayed_work: whatever was pending is replaced by a run after `delayNs` (0: at once). */
  modify(delayNs: number): void {
    if (delayNs === 0) {
      this.stopTimer()
      this.work.queue()
      return
    }
    this.work.cancel()
    this.watch?.armed(delayNs)
    this.timer.modify(delayNs)
  }

  get timerArmed(): boolean {
    return this.timer.armed
  }

  private stopTimer(): void {
    if (this.timer.cancel()) this.watch?.ended(true)
  }

  cancel(): void {
    this.stopTimer()
    this.work.cancel()
  }
}
