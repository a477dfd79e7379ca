/**
 * The tasks of a scenario: each a context that carries out its steps one after another, as a process would: I/O, sleeps,
 * commands of an administrator, other tasks.
 */
import { EventKind, type JobReport, SleepReason, TimerKind } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { Action, ScenarioTask, Step } from '../scenario.ts'
import { Context, CpuClass, type Steps } from '../sim/cpu.ts'
import type { AppIo } from './app-io.ts'
import { isAccident } from './accidents.ts'
import { type Commands, isCommand } from './commands.ts'
import { Crowd } from './crowd.ts'
import { type FioJob, jobsOf } from './fio/job.ts'
import { planOf } from './fio/plan.ts'
import { FioThread } from './fio/thread.ts'
import type { Stack } from './stack.ts'
import { IoSteps } from './io-steps.ts'
import { sleepNs } from '../sim/sleep.ts'
import { isShell, shellStepsBefore } from './shell.ts'
import { spotOf } from './spot-of.ts'
import type { Tally } from './tally.ts'

const COMM = 'iopat'
/** A round of commands takes some time even where nothing else does, or it would go round for ever. */
const NO_TIME_AT_ALL_NS = 1_000_000

interface PlacedStep {
  readonly step: Step
  /** Which of the run's actions it is, from 1. */
  readonly place: number
}

type Repetition = Extract<Step, { readonly repeat_until_done: unknown }>

export class Tasks {
  private readonly m: Machine
  private readonly stack: Stack
  private readonly tally: Tally
  private readonly commands: Commands
  private readonly shellStepNs: number
  private readonly seed: number
  private readonly specs: ReadonlyMap<string, ScenarioTask>
  private readonly ended = new Set<string>()
  private readonly joiners = new Map<string, Context[]>()
  private running = 0
  private actionsToCome = 0
  /** Simulated time of the last step that was begun outside a repetition, which may go on for ever. */
  lastStepNs = 0
  /** Processes of fio that have ended. */
  readonly jobs: JobReport[] = []

  constructor(
    m: Machine,
    stack: Stack,
    tally: Tally,
    commands: Commands,
    specs: readonly ScenarioTask[],
    shellStepNs: number,
    seed: number,
  ) {
    this.m = m
    this.stack = stack
    this.tally = tally
    this.commands = commands
    this.shellStepNs = shellStepNs
    this.seed = seed
    this.specs = new Map(specs.map((spec) => [spec.name, spec]))
  }

  get allEnded(): boolean {
    return this.running === 0 && this.actionsToCome === 0
  }

  /** Somebody will act from outside later: nothing is hopeless until then. */
  get somebodyWillAct(): boolean {
    return this.actionsToCome > 0
  }

  /** Runs steps outside any task of the scenario (setup, actions). */
  runSteps(comm: string, steps: readonly Step[]): void {
    this.launch(
      comm,
      undefined,
      (ctx, io) => this.doAll(ctx, io, steps),
      () => undefined,
    )
  }

  /**
   * Steps taken from outside. Those of one moment are one script, one after another; it begins at that moment, so that
   * everything before is as if nobody had acted. Accidents that come first happen whatever the CPUs are doing. The moment
   * of a command is when it reaches the kernel, if a CPU is free; the process that gives a further one still has to run.
   */
  runActions(actions: readonly Action[]): void {
    const { clock, log } = this.m
    for (const [atNs, steps] of byMoment(actions)) {
      this.actionsToCome++
      clock.schedule(clock.nowNs + Math.max(0, atNs - log.timeNs), {
        fire: () => {
          this.actionsToCome--
          this.lastStepNs = clock.nowNs
          this.actAll(steps)
        },
      })
    }
  }

  private actAll(steps: readonly PlacedStep[]): void {
    const [first, ...others] = steps
    if (first === undefined) return
    if (isAccident(first.step)) {
      this.commands.happenOutside(first.step, first.place)
      this.actAll(others)
      return
    }
    this.launch(
      'dmsetup',
      undefined,
      (ctx, io) => this.script(ctx, io, steps),
      () => undefined,
    )
  }

  private *script(ctx: Context, io: IoSteps, steps: readonly PlacedStep[]): Steps {
    for (const [i, { step, place }] of steps.entries()) {
      this.lastStepNs = this.m.clock.nowNs
      if (isCommand(step)) {
        if (i > 0) yield* this.commands.startProcess(ctx, step)
        yield* this.commands.carryOut(ctx, step, place)
      } else if ('repeat_until_done' in step) yield* this.repeat(ctx, io, step, 0)
      else {
        this.commands.sayJobs(jobsOf(step), place)
        yield* this.do(ctx, io, step)
      }
    }
  }

  start(name: string): void {
    const spec = this.specs.get(name)!
    this.launch(
      COMM,
      spec.cpu,
      (ctx, io) => this.doAll(ctx, io, spec.do),
      () => {
        this.ended.add(name)
        for (const waiter of this.joiners.get(name) ?? []) waiter.wake()
      },
    )
  }

  private launch(
    comm: string,
    cpu: number | undefined,
    body: (ctx: Context, io: IoSteps) => Steps,
    ended: () => void,
  ): void {
    const on = cpu === undefined ? this.m.idlestCpu() : this.m.cpus[cpu]!
    const ctx = new Context(on, this.m.registerTask(comm, on.number), CpuClass.normal)
    this.running++
    ctx.start(body(ctx, this.ioSteps()), () => {
      this.running--
      ended()
    })
  }

  private ioSteps(listener?: (io: AppIo) => void): IoSteps {
    const { top, cache, readAheadPages } = this.stack
    return new IoSteps(this.m, top, this.tally, cache, readAheadPages, listener)
  }

  private *doAll(ctx: Context, io: IoSteps, steps: readonly Step[], stepNs = this.timeOfStep(steps)): Steps {
    for (const step of steps) {
      this.lastStepNs = this.m.clock.nowNs
      if ('repeat_until_done' in step) yield* this.repeat(ctx, io, step, stepNs)
      else yield* this.doOne(ctx, io, step, stepNs)
    }
  }

  private timeOfStep(steps: readonly Step[]): number {
    return isShell(steps) && !this.m.log.inSetup ? this.shellStepNs : 0
  }

  private *doOne(ctx: Context, io: IoSteps, step: Step, stepNs: number): Steps {
    const startNs = stepNs * shellStepsBefore(step)
    if (startNs > 0) yield* sleepNs(this.m, ctx, startNs)
    yield* this.do(ctx, io, step)
  }

  /** A shell's `while kill -0 $pid`: the steps over and over until the other task has ended. */
  private *repeat(ctx: Context, io: IoSteps, step: Repetition, stepNs: number): Steps {
    while (!this.ended.has(step.repeat_until_done)) {
      const beganNs = this.m.clock.nowNs
      for (const inner of step.do) {
        if ('repeat_until_done' in inner) yield* this.repeat(ctx, io, inner, stepNs)
        else yield* this.doOne(ctx, io, inner, stepNs)
      }
      if (this.m.clock.nowNs === beganNs) yield* sleepNs(this.m, ctx, NO_TIME_AT_ALL_NS)
    }
  }

  /** Processes of fio beside this task, which waits for them; a stonewall waits for those before it. */
  private *fio(ctx: Context, jobs: readonly FioJob[]): Steps {
    const crowd = new Crowd(this.m)
    for (const job of jobs) {
      if (job.stonewall) yield* crowd.wait(ctx)
      for (let process = 0; process < (job.numjobs ?? 1); process++) {
        const plan = planOf(job, process, this.stack.top.sizeSectors * 512, this.seed)
        const thread = new FioThread(
          this.m,
          plan,
          (sector) => spotOf(this.stack.top, sector),
          (listener) => this.ioSteps(listener),
        )
        crowd.enter()
        this.launch(
          'fio',
          undefined,
          (own) => thread.run(own),
          () => {
            this.jobs.push(thread.report())
            crowd.leave()
          },
        )
      }
    }
    yield* crowd.wait(ctx)
  }

  private *do(ctx: Context, io: IoSteps, step: Step): Steps {
    const jobs = jobsOf(step)
    if (jobs.length > 0) yield* this.fio(ctx, jobs)
    else if ('io' in step) yield* this.doIo(ctx, io, step)
    else if ('cpu' in step) yield* this.moveTo(ctx, step.cpu)
    else if ('sleep_ns' in step) yield* sleepNs(this.m, ctx, step.sleep_ns)
    else if ('start' in step) yield* this.startBeside(step.start)
    else if ('join' in step) yield* this.join(ctx, step.join)
    else if (isCommand(step)) yield* this.commands.type(ctx, step)
  }

  private *doIo(ctx: Context, io: IoSteps, step: Extract<Step, { readonly io: unknown }>): Steps {
    switch (step.io) {
      case 'batch':
      case 'each':
        yield* io.strided(ctx, step)
        break
      case 'list':
        yield* io.list(ctx, step.items, step.segments)
        break
      case 'wait':
        yield* io.wait(ctx)
        break
      case 'loop':
        yield* io.loop(ctx, step)
        break
      case 'timed':
        yield* io.timed(ctx, step)
        break
      case 'sync':
        yield* io.sync(ctx, step.op, step.offset, step.length, step.dsync)
        break
      case 'fsync':
        yield* io.fsync(ctx)
        break
      case 'discard':
        yield* io.discard(ctx, step.offset, step.length)
        break
      case 'zeroout':
        yield* io.zeroout(ctx, step.offset, step.length)
        break
      case 'drop_cache':
        io.dropCache()
        break
      case 'buffered_read':
        yield* io.bufferedRead(ctx, step.offset, step.length, step.count)
        break
      case 'buffered_write':
        yield* io.bufferedWrite(ctx, step.offset, step.length, step.count)
        break
    }
  }

  private *moveTo(ctx: Context, cpu: number): Steps {
    ctx.cpu.leave(ctx)
    ctx.cpu = this.m.cpus[cpu]!
    ctx.sleep()
    ctx.wake()
    yield
  }

  private *startBeside(name: string): Steps {
    this.running++
    const process = this.m.loggedTimer(255, TimerKind.start)
    if (this.shellStepNs > 0) process.armed(this.shellStepNs)
    this.m.clock.schedule(this.m.clock.nowNs + this.shellStepNs, {
      fire: () => {
        this.running--
        if (this.shellStepNs > 0) process.ended(false)
        this.start(name)
      },
    })
  }

  private *join(ctx: Context, name: string): Steps {
    while (!this.ended.has(name)) {
      this.m.log.emit(EventKind.task_sleep, 255, 0, 0, 0, 0, 0, SleepReason.join)
      this.joiners.set(name, [...(this.joiners.get(name) ?? []), ctx])
      ctx.sleep()
      yield
      this.m.log.emit(EventKind.task_wake, 255, 0, 0, 0, 0, 0, SleepReason.join)
    }
  }
}

/** Steps by their time, in order of both, each with its place among all. */
function byMoment(actions: readonly Action[]): ReadonlyMap<number, PlacedStep[]> {
  const moments = new Map<number, PlacedStep[]>()
  const placed = actions.map(({ at_ns: atNs, step }, i) => ({ atNs, step, place: i + 1 }))
  for (const { atNs, ...step } of placed.sort((a, b) => a.atNs - b.atNs)) {
    const steps = moments.get(atNs)
    if (steps === undefined) moments.set(atNs, [step])
    else steps.push(step)
  }
  return moments
}
