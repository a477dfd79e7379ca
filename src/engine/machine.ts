/**
 * What every part of the simulated machine shares: clock, CPUs, log, kernel version, costs, number spaces and the two
 * kinds of kernel worker the block layer uses.
 */
import type { Media } from './drivers/media.ts'
import {
  DEV_NONE,
  type DeviceInfo,
  EventKind,
  type LockName,
  type Origin,
  type SideTables,
  SleepReason,
  type TimerKind,
} from './log/index.ts'
import type { PathEvent } from './uevent.ts'
import { LogWriter } from './log/writer.ts'
import { LOCK_TRANSFER_NS } from './kernel/constants.ts'
import type { StepCosts } from './kernel/costs.ts'
import type { KernelProfile } from './kernel/profile.ts'
import { Context, Cpu, CpuClass, type Steps } from './sim/cpu.ts'
import { EventQueue } from './sim/event-queue.ts'
import { Spinlock } from './sim/spinlock.ts'
import { DelayedWork, type TimerWatch, Work, type WorkFunction } from './sim/workqueue.ts'

export class Machine {
  readonly clock: EventQueue = new EventQueue()
  readonly log: LogWriter = new LogWriter(this.clock)
  readonly profile: KernelProfile
  readonly costs: StepCosts
  readonly cpus: readonly Cpu[]
  private readonly lockTransferNs: number
  /** When a timer of a device ended last (transports, error handling); -1 never. */
  deviceTimerNs = -1
  /** kobject_uevent of the map: whoever listens in user space. */
  uevent: (event: PathEvent) => void = () => undefined
  /** What is stored; only in runs in which somebody verifies. */
  media: Media | undefined
  readonly tables: SideTables & { readonly devices: DeviceInfo[] } = {
    devices: [],
    tasks: [],
    strings: [],
    origins: [],
  }
  private readonly stringIndex = new Map<string, number>()
  private readonly originIndex = new Map<string, number>()
  private readonly kernelThreads = new Map<string, number>()
  private readonly interrupts: InterruptLine[]
  private ids = 0
  private pids = 100

  constructor(
    profile: KernelProfile,
    costs: StepCosts,
    cpuCount: number,
    lockTransferNs: number = LOCK_TRANSFER_NS,
  ) {
    this.lockTransferNs = lockTransferNs
    this.profile = profile
    this.costs = costs
    this.cpus = Array.from({ length: cpuCount }, (_, number) => new Cpu(number, this.clock, this.log))
    this.interrupts = this.cpus.map((cpu) => new InterruptLine(this, cpu))
  }

  /** A new number in the space that I/Os, bios and requests share. */
  nextId(): number {
    return ++this.ids
  }

  /** Number of a string in the log's string table. */
  intern(text: string): number {
    let index = this.stringIndex.get(text)
    if (index === undefined) {
      index = this.tables.strings.push(text) - 1
      this.stringIndex.set(text, index)
    }
    return index
  }

  /** Number of a remap's origin in the log's table. */
  origin(origin: Origin): number {
    const key = `${String(origin.dev)} ${String(origin.shiftSectors)} ${String(origin.bios)}`
    let index = this.originIndex.get(key)
    if (index === undefined) {
      index = this.tables.origins.push(origin) - 1
      this.originIndex.set(key, index)
    }
    return index
  }

  /** Registers a task in the log and returns its index. */
  registerTask(comm: string, cpu: number): number {
    return this.tables.tasks.push({ comm, pid: ++this.pids, cpu }) - 1
  }

  private kernelThread(comm: string, cpu: number): number {
    let task = this.kernelThreads.get(comm)
    if (task === undefined) {
      task = this.registerTask(comm, cpu)
      this.kernelThreads.set(comm, task)
    }
    return task
  }

  /** A context for the block softirq when it runs as a thread of its own. */
  softirqContext(cpu: Cpu, cpuClass: CpuClass): Context {
    return new Context(
      cpu,
      this.kernelThread(`ksoftirqd/${String(cpu.number)}`, cpu.number),
      cpuClass,
      CpuClass.interrupt,
    )
  }

  /** A work item of kblockd, the block layer's high-priority workqueue. */
  kblockdWork(cpu: Cpu, body: WorkFunction, watch?: TimerWatch): DelayedWork {
    const task = this.kernelThread(`kworker/${String(cpu.number)}:1H`, cpu.number)
    return new DelayedWork(cpu, task, CpuClass.highPriority, this.woken(body), watch)
  }

  /** Has the timer of a delayed work in the log. */
  loggedTimer(device: number, kind: TimerKind): TimerWatch {
    return {
      armed: (delayNs) => {
        this.log.emit(EventKind.timer_arm, device, 0, 0, kind, 0, 0, Math.round(delayNs / 1000))
      },
      ended: (cancelled) => {
        this.log.emit(EventKind.timer_end, device, 0, 0, kind, 0, 0, cancelled ? 1 : 0)
      },
    }
  }

  /** A kernel thread of its own that does one kind of work (kdmwork). */
  threadWork(comm: string, cpu: Cpu, body: WorkFunction): Work {
    return new Work(cpu, this.kernelThread(comm, cpu.number), CpuClass.normal, this.woken(body))
  }

  /** A work item of an ordinary workqueue (kmpathd, kdmflush, system). */
  work(cpu: Cpu, body: WorkFunction): Work {
    return new Work(
      cpu,
      this.kernelThread(`kworker/${String(cpu.number)}:1`, cpu.number),
      CpuClass.normal,
      this.woken(body),
    )
  }

  /** A worker that begins was woken for it: one context switch to it, unless it had not gone to sleep again. */
  private woken(body: WorkFunction): WorkFunction {
    const { log, costs } = this
    return function* (ctx, goesOn) {
      if (!goesOn) {
        log.emit(EventKind.task_wake, DEV_NONE, 0, 0, 0, 0, 0, SleepReason.work)
        if (ctx.spend(costs.contextSwitch)) yield
      }
      yield* body(ctx, goesOn)
    }
  }

  /** Runs code in interrupt context on a CPU, before whatever that CPU does next. */
  interrupt(cpu: Cpu, handler: (context: Context) => Steps): void {
    this.interrupts[cpu.number]!.raise(handler)
  }

  spinlock(name: LockName, dev: number): Spinlock {
    return new Spinlock(this.log, name, dev, this.lockTransferNs)
  }

  /** The CPU with the least to do; the lowest number among equals. */
  idlestCpu(): Cpu {
    return this.cpus.reduce((best, cpu) => (cpu.load < best.load ? cpu : best))
  }
}

/** Interrupt handlers of one CPU, run one after another. */
class InterruptLine {
  private readonly context: Context
  private readonly handlers: ((context: Context) => Steps)[] = []
  private running = false

  constructor(m: Machine, cpu: Cpu) {
    this.context = m.softirqContext(cpu, CpuClass.interrupt)
  }

  raise(handler: (context: Context) => Steps): void {
    this.handlers.push(handler)
    if (this.running) return
    this.running = true
    this.context.start(this.run(), () => {
      this.running = false
    })
  }

  private *run(): Steps {
    for (;;) {
      const handler = this.handlers.shift()
      if (handler === undefined) return
      yield* handler(this.context)
    }
  }
}
