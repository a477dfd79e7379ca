/**
 * CPUs and what runs on them. A context (task, kernel worker, softirq) is a generator that follows the kernel's call
 * chain; it gives up its CPU only by yielding: to let CPU time pass (Context.spend) or to sleep (Context.sleep).
 *
 * Simplified from the scheduler: three classes instead of weights (interrupts before high-priority workers before
 * everything else), first come first served within a class, and preemption only where the running context lets time
 * pass. A kernel thread that was woken by an interrupt therefore starts at the next step of the task it displaces.
 */
import type { BioList } from '../block/submit.ts'
import type { Plug } from '../block/plug.ts'
import type { LogWriter } from '../log/writer.ts'
import type { EventQueue, Firing } from './event-queue.ts'

/** Code that runs in a context; every bare `yield` is a point where others may run. */
export type Steps<T = void> = Generator<undefined, T, undefined>

/** Order of precedence on a CPU. */
export const CpuClass = { interrupt: 0, highPriority: 1, normal: 2 } as const
export type CpuClass = (typeof CpuClass)[keyof typeof CpuClass]

const CLASSES = 3

/** Told when a task goes to sleep for I/O. */
export interface SleepListener {
  taskSleeps(): void
}

export class Context {
  /** Index into SideTables.tasks: who the log says is running. */
  readonly task: number
  readonly cpuClass: CpuClass
  /** Class it has while it runs: a softirq thread waits like any task, but once it runs only interrupts come between. */
  readonly runningClass: CpuClass
  cpu: Cpu
  /** It became ready by being woken or started, not by being displaced. */
  woken = false
  /** True while it waits to be woken. */
  sleeping = false
  /** When a spend that could not be done in place is over; -1 otherwise. */
  resumeAtNs = -1
  /** current->bio_list: set while a submission is under way in this context. */
  bioList: BioList | undefined
  /** current->plug */
  plug: Plug | undefined
  /** Queues that this task has plugged, where queues are (2.6.28). */
  readonly unplugsWhenAsleep: Set<SleepListener> = new Set()
  private steps: Steps | undefined
  private ended: (() => void) | undefined

  constructor(cpu: Cpu, task: number, cpuClass: CpuClass, runningClass: CpuClass = cpuClass) {
    this.cpu = cpu
    this.task = task
    this.cpuClass = cpuClass
    this.runningClass = runningClass
  }

  /** Starts the context; `ended` is called when its code has returned. */
  start(steps: Steps, ended?: () => void): void {
    this.steps = steps
    this.ended = ended
    this.cpu.makeReady(this)
  }

  /**
   * Lets CPU time pass. Returns true when the caller must `yield` for it (somebody else is due in between), false when
   * the clock could simply be moved on:  `if (ctx.spend(costNs)) yield`
   */
  spend(costNs: number): boolean {
    const { cpu } = this
    const { clock } = cpu
    const atNs = clock.nowNs + costNs
    if (atNs < clock.nextNs && !cpu.mustGiveWay(this.runningClass)) {
      clock.nowNs = atNs
      return false
    }
    this.resumeAtNs = atNs
    return true
  }

  /**
   * might_sleep(), as in an allocation that may wait: the point where a kernel without forced preemption lets a thread
   * run that was woken meanwhile. Returns true when the caller must `yield`.
   */
  mightSleep(): boolean {
    if (!this.cpu.hasWoken(this.cpuClass)) return false
    this.cpu.leave(this)
    this.cpu.makeReady(this)
    this.woken = false
    return true
  }

  /** Marks the context as sleeping; the caller yields right after. `forIo`: it waits for I/O, not just for time. */
  sleep(forIo = true): void {
    this.sleeping = true
    if (!forIo || this.unplugsWhenAsleep.size === 0) return
    for (const listener of this.unplugsWhenAsleep) listener.taskSleeps()
    this.unplugsWhenAsleep.clear()
  }

  wake(): void {
    if (!this.sleeping) return
    this.sleeping = false
    this.cpu.makeReady(this)
  }

  /** Runs until the next yield; true when the code has returned. */
  resume(): boolean {
    const result = this.steps!.next()
    if (!result.done) return false
    this.steps = undefined
    const { ended } = this
    this.ended = undefined
    ended?.()
    return true
  }
}

export class Cpu implements Firing {
  readonly number: number
  readonly clock: EventQueue
  private readonly log: LogWriter
  private readonly ready: Context[][] = Array.from({ length: CLASSES }, () => [])
  private current: Context | undefined
  private firing = false
  private armed = false

  constructor(number: number, clock: EventQueue, log: LogWriter) {
    this.number = number
    this.clock = clock
    this.log = log
  }

  makeReady(context: Context): void {
    context.woken = true
    this.ready[context.cpuClass]!.push(context)
    if (this.current === undefined && !this.firing) this.arm(this.clock.nowNs)
  }

  /** Takes a context that has not started yet out of the ready list; false when it was not there. */
  unready(context: Context): boolean {
    const list = this.ready[context.cpuClass]!
    const at = list.indexOf(context)
    if (at < 0) return false
    list.splice(at, 1)
    return true
  }

  /** True when the context running in this class has to let somebody else run: a higher class, or the end of a slice. */
  mustGiveWay(cpuClass: CpuClass): boolean {
    if (this.log.sliceIsFull()) return true
    for (let higher = 0; higher < cpuClass; higher++) if (this.ready[higher]!.length > 0) return true
    return false
  }

  /** Somebody who was woken waits in this class; who was displaced displaces nobody. */
  hasWoken(cpuClass: CpuClass): boolean {
    return this.ready[cpuClass]!.some((context) => context.woken)
  }

  /** The running context gives the CPU up without sleeping: it is ready elsewhere, or again at the end of the line. */
  leave(context: Context): void {
    if (this.current === context) this.current = undefined
  }

  /** Contexts that run or are ready, for choosing the CPU of a task that may run anywhere. */
  get load(): number {
    return this.ready.reduce((sum, list) => sum + list.length, this.current ? 1 : 0)
  }

  fire(): void {
    this.armed = false
    this.firing = true
    for (;;) {
      const context = this.pick()
      if (context === undefined) break
      this.log.task = context.task
      this.clock.running = context
      const ended = context.resume()
      this.clock.running = undefined
      if (ended) {
        this.current = undefined
        continue
      }
      if (context.resumeAtNs >= 0) {
        this.arm(context.resumeAtNs)
        context.resumeAtNs = -1
        break
      }
      this.current = undefined
    }
    this.firing = false
  }

  private pick(): Context | undefined {
    const running = this.current
    const limit = running ? running.runningClass : CLASSES
    for (let cpuClass = 0; cpuClass < limit; cpuClass++) {
      const next = this.ready[cpuClass]!.shift()
      if (next === undefined) continue
      if (running) this.ready[running.cpuClass]!.unshift(running)
      this.current = next
      return next
    }
    return running
  }

  private arm(timeNs: number): void {
    if (this.armed) return
    this.armed = true
    this.clock.schedule(timeNs, this)
  }
}
