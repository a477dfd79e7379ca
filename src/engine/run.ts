/** One run of the simulation, advanced in slices so that whoever drives it stays in charge of its own time. */
import { describeDevices } from './describe.ts'
import { Media } from './drivers/media.ts'
import { stepCosts } from './kernel/costs.ts'
import { chooseKernel } from './kernel/choose.ts'
import type { KernelProfile } from './kernel/profile.ts'
import type { EventChunk, QueueMode, RunHeader, RunResult, SideTables } from './log/index.ts'
import { Machine } from './machine.ts'
import type { Action, Scenario, Step } from './scenario.ts'
import { jobsOf, verifies } from './workload/fio/job.ts'
import { Commands } from './workload/commands.ts'
import { checkScenario, checkSteps } from './workload/check.ts'
import { DEFAULT_SHELL_STEP_NS } from './workload/shell.ts'
import type { Multipathd } from './multipathd/multipathd.ts'
import { Stack } from './workload/stack.ts'
import { startMultipathd } from './workload/watch-map.ts'
import { Tally } from './workload/tally.ts'
import { Tasks } from './workload/tasks.ts'

export interface RunInput {
  readonly scenario: Scenario
  readonly mode: QueueMode
  /** Overrides scenario.kernel. */
  readonly kernel?: string
  /** Steps taken from outside, in order of time. */
  readonly actions?: readonly Action[]
  /** Multiplies every CPU cost; 0 makes the CPU infinitely fast. Default 1. Order and counts do not depend on it. */
  readonly costScale?: number
}

/** A run in which no I/O ends and no task takes a step for this long is over: nothing will come of it. */
const HOPELESS_NS = 300e9

/**
 * Prepares a run.
 * @throws ScenarioError when the scenario asks for something that is not modelled or makes no sense.
 */
export function createRun(input: RunInput): Run {
  return new Run(input)
}

export class Run {
  readonly header: RunHeader
  /** Grows while the run advances. */
  readonly tables: SideTables
  protected readonly m: Machine
  protected readonly stack: Stack
  private readonly tally: Tally = new Tally()
  private readonly commands: Commands
  private readonly tasks: Tasks
  protected readonly daemon: Multipathd | undefined
  protected ended = false
  /** Within advance(), and for good after it threw. */
  private advancing = false
  private lastProgressNs = 0
  private lastEnded = 0

  constructor(input: RunInput) {
    const { scenario, mode } = input
    const kernel = input.kernel ?? scenario.kernel
    const profile = chooseKernel(kernel, mode, scenario.module_parameters)
    checkScenario(scenario, mode, profile)
    const actions = input.actions ?? []
    checkSteps(
      scenario,
      actions.map((action) => action.step),
      'actions',
      mode,
      profile,
    )
    const costs = stepCosts(input.costScale ?? 1)
    this.m = new Machine(profile, costs, scenario.cpus, scenario.lock_transfer_ns)
    this.tables = this.m.tables
    if (somebodyVerifies(scenario, actions)) this.m.media = new Media()
    this.stack = new Stack(this.m, scenario, mode)
    this.commands = new Commands(this.m, this.stack)
    this.tasks = new Tasks(
      this.m,
      this.stack,
      this.tally,
      this.commands,
      scenario.tasks,
      scenario.shell_step_ns ?? DEFAULT_SHELL_STEP_NS,
      scenario.seed,
    )
    this.runSetup(scenario)
    this.header = describe(scenario, mode, profile, this.stack)
    if (scenario.multipathd !== undefined && this.stack.map !== undefined)
      this.daemon = startMultipathd(
        this.m,
        this.stack,
        (ctx, step) => this.commands.type(ctx, step),
        scenario.multipathd,
        scenario.dm.table,
      )
    this.tasks.start('main')
    this.tasks.runActions(actions)
  }

  private runSetup(scenario: Scenario): void {
    const { log, clock } = this.m
    log.inSetup = true
    this.tasks.runSteps('setup', scenario.setup)
    while (!(this.tasks.allEnded && this.stack.idle) && clock.fireNext());
    this.tally.reset()
    this.commands.statusAlong.length = 0
    this.tasks.jobs.length = 0
    log.begin()
    this.lastProgressNs = clock.nowNs
  }

  /** Simulated time of the last event, ns. */
  get timeNs(): number {
    return this.m.log.timeNs
  }

  /**
   * Simulates until at least `maxEvents` more events are logged, or the end: every task has ended and nothing is left
   * in flight, or nothing can happen any more.
   * @throws Error when an invariant of the engine is broken (a bug), never for what a scenario does.
   */
  advance(maxEvents: number): 'running' | 'ended' {
    this.simulate(maxEvents, Infinity)
    return this.ended ? 'ended' : 'running'
  }

  /** The same, but nothing that is due after a time of the clock. */
  protected simulate(maxEvents: number, untilNs: number): void {
    const { log, clock } = this.m
    log.pauseAtTotal = log.total + maxEvents
    this.advancing = true
    while (!this.ended && !log.sliceIsFull() && clock.nextNs <= untilNs) {
      if (!clock.fireNext() || this.isOver()) this.ended = true
    }
    this.advancing = false
  }

  private isOver(): boolean {
    const { nowNs } = this.m.clock
    const endedIos = this.tally.ok + this.tally.failed
    if (endedIos !== this.lastEnded || this.tasks.lastStepNs > this.lastProgressNs) {
      this.lastEnded = endedIos
      this.lastProgressNs = nowNs
    }
    if (this.tasks.allEnded && this.stack.idle) return true
    if (this.tasks.somebodyWillAct) return false
    return nowNs - this.lastProgressNs > HOPELESS_NS && this.isHopeless()
  }

  /** Nothing has happened for long, and no timer of a device has ended or is yet to end, however long it takes. */
  private isHopeless(): boolean {
    const { clock, deviceTimerNs } = this.m
    this.lastProgressNs = Math.max(this.lastProgressNs, deviceTimerNs)
    const earliest = Math.min(clock.nowNs, clock.nextNs)
    return earliest - this.lastProgressNs > HOPELESS_NS && !this.timerRuns
  }

  /** Of a path, of the map or of the daemon. */
  private get timerRuns(): boolean {
    const { stack, daemon } = this
    return stack.timerRuns || stack.map?.target.noPathTimer.armed === true || daemon?.timerRuns === true
  }

  /**
   * Full chunks since the last call; after the end, and after advance() threw, also the last, partly filled one.
   * Ownership passes to the caller.
   */
  takeChunks(): EventChunk[] {
    return this.m.log.take(this.ended || this.advancing)
  }

  /** Only after advance() returned 'ended'. */
  result(): RunResult {
    if (!this.ended) throw new Error('result() of a run that has not ended')
    return {
      endNs: this.m.log.timeNs,
      events: this.m.log.total,
      ...statesOf(this.stack),
      statusAlong: this.commands.statusAlong,
      ok: this.tally.ok,
      failed: this.tally.failed,
      failedIos: this.tally.failedIos,
      stuck: this.tally.outstanding,
      ...(this.tasks.jobs.length > 0 ? { jobs: this.tasks.jobs } : {}),
    }
  }
}

/** By group of the map; a head has one policy. */
function selectorsOf({ map, head }: Stack): readonly string[] {
  if (head !== undefined) return [head.policy]
  return map?.target.groups.map((group) => group.selector.name) ?? []
}

/** What dmsetup would print for each device of device-mapper. */
function statesOf({ map, maps }: Stack): Pick<RunResult, 'status' | 'table' | 'maps'> {
  const others = maps.filter((md) => md !== map)
  return {
    status: map?.status ?? '',
    table: map?.tableText ?? '',
    ...(others.length === 0
      ? {}
      : { maps: others.map((md) => ({ name: md.mapName, status: md.status, table: md.tableText })) }),
  }
}

function somebodyVerifies(scenario: Scenario, actions: readonly Action[]): boolean {
  const steps = [
    ...scenario.setup,
    ...scenario.tasks.flatMap((task) => task.do),
    ...actions.map((a) => a.step),
  ]
  return steps.some(stepVerifies)
}

function stepVerifies(step: Step): boolean {
  if ('repeat_until_done' in step) return step.do.some(stepVerifies)
  return jobsOf(step).some(verifies)
}

function describe(scenario: Scenario, mode: QueueMode, profile: KernelProfile, stack: Stack): RunHeader {
  return {
    scenario: scenario.scenario,
    about: scenario.about,
    mode,
    kernel: profile.version,
    seed: scenario.seed,
    cpus: scenario.cpus,
    devices: describeDevices(stack),
    top: stack.top.index,
    paths: stack.leads.map(({ device, group }) => ({ dev: device.index, group })),
    selectors: selectorsOf(stack),
    ...(profile.splitCopies ? { copiesSplits: true as const } : {}),
    dmName: stack.map?.mapName ?? '',
  }
}
