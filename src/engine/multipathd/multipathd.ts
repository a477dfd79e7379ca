/**
 * multipathd: multipathd/main.c:checkerloop, check_path, update_path_state and libmultipath, 0.14.3. A program of user
 * space: it asks the disks (checker.ts), reads the map, and sends messages; the kernel does everything else.
 *
 * Once a second it looks which paths are due. A path that is down is failed, one that is up and failed is reinstated, then
 * the groups are looked at: another order (ALUA), or back to the best (failback.ts). What becomes of I/O while no path is
 * left is in recovery.ts.
 *
 * Simplified: seconds in which nothing is due are slept through; a disk that is deleted stays in the table as a failed path
 * until it is found again; priorities are read without taking time.
 */
import { DeviceTimer } from '../drivers/device-timer.ts'
import { CheckerState, TimerKind } from '../log/index.ts'
import { Context, CpuClass, type Steps } from '../sim/cpu.ts'
import { Checker } from './checker.ts'
import { Failback } from './failback.ts'
import { groupByPriority, type MapStatus, readStatus, readTable, writeTable } from './map-text.ts'
import type { MapOpinion } from './opinion.ts'
import type { MultipathdOptions } from './options.ts'
import { PathState, priorityOfState } from './path-state.ts'
import { Recovery } from './recovery.ts'
import { Sleeper } from './sleeper.ts'
import type { PathEvent } from '../uevent.ts'
import type { MultipathdWorld } from './world.ts'

const TICK_NS = 1e9

export class Multipathd {
  private readonly world: MultipathdWorld
  private readonly options: MultipathdOptions
  private readonly ctx: Context
  private readonly sleeper: Sleeper
  private readonly checker: Checker
  private readonly recovery: Recovery
  private readonly failback: Failback
  private readonly alarm: DeviceTimer
  private readonly paths = new Map<string, PathState>()
  private readonly events: PathEvent[] = []
  /** The table line in the numbers of the scenario. */
  private table: string
  private startNs = 0

  constructor(world: MultipathdWorld, options: MultipathdOptions, table: string) {
    const { m, mapIndex } = world
    this.world = world
    this.options = options
    this.table = table
    const cpu = m.idlestCpu()
    this.ctx = new Context(cpu, m.registerTask('multipathd', cpu.number), CpuClass.normal)
    this.sleeper = new Sleeper(this.ctx)
    const wake = (): void => {
      this.sleeper.wake()
    }
    this.checker = new Checker(world, options, this.sleeper)
    this.recovery = new Recovery(m, mapIndex, options, wake)
    this.failback = new Failback(m, mapIndex, options, wake)
    this.alarm = new DeviceTimer(m, mapIndex, TimerKind.checker, wake, false)
    m.uevent = (event) => {
      this.events.push(event)
      wake()
    }
  }

  /** Something will happen that I/O may wait for, however long it takes. */
  get timerRuns(): boolean {
    return this.recovery.timerRuns || this.failback.timerRuns
  }

  /** What it would print now, however old that is. */
  get opinion(): MapOpinion {
    return {
      queueing: this.recovery.describe(this.usablePaths),
      failback: this.failback.describe(),
      pathOf: (dev) => {
        const path = this.paths.get(dev)
        if (path === undefined) return undefined
        const { state, priority, interval, dueTick } = path
        return { state, priority, intervalS: interval, nextCheckS: Math.max(0, dueTick - this.tick) }
      },
    }
  }

  start(): void {
    this.ctx.start(this.run())
  }

  private *run(): Steps {
    this.startNs = this.world.m.clock.nowNs
    this.setTransportTimers()
    this.recovery.tableLoaded(this.world.overPresentDisks(this.table).includes('queue_if_no_path'))
    this.readMap()
    yield* this.updateQueueing()
    for (;;) {
      yield* this.handleEvents()
      yield* this.pickUpFound()
      if ((yield* this.checkDuePaths()) || this.failback.due) yield* this.lookAtGroups()
      yield* this.sleepUntilNext()
    }
  }

  private get tick(): number {
    return Math.floor((this.world.m.clock.nowNs - this.startNs) / TICK_NS)
  }

  /** sysfs_set_scsi_tmo */
  private setTransportTimers(): void {
    const { fast_io_fail_tmo: fast, dev_loss_tmo: loss, no_path_retry: retry } = this.options
    for (const { dev } of this.status.paths) {
      const disk = this.world.disk(dev)
      disk?.writeTransport(
        'dev_loss_tmo',
        retry === 'queue' || loss === 'infinity' ? 'infinity' : String(loss),
      )
      disk?.writeTransport('fast_io_fail_tmo', String(fast))
    }
  }

  private get usablePaths(): number {
    return [...this.paths.values()].filter((path) => path.usable).length
  }

  private get status(): MapStatus {
    return readStatus(this.world.status)
  }

  /** Paths of the map that are new to the daemon; those that are gone are forgotten. */
  private readMap(): void {
    const { paths } = this.status
    const here = new Set(paths.map(({ dev }) => dev))
    for (const dev of this.paths.keys()) if (!here.has(dev)) this.paths.delete(dev)
    for (const { dev, active } of paths) {
      if (this.paths.has(dev)) continue
      const state = active ? CheckerState.up : CheckerState.down
      const path = new PathState(dev, state, this.options, this.tick + 1)
      this.readPriority(path)
      this.paths.set(dev, path)
    }
  }

  /** update_multipath: the kernel has failed a path; it is looked at soon. */
  private *handleEvents(): Steps {
    for (const { action, dev } of this.events.splice(0)) {
      const path = this.paths.get(dev)
      if (action !== 'PATH_FAILED' || !path?.usable) continue
      path.state = path.judge(CheckerState.down)
      path.interval = this.options.polling_interval
      path.dueTick = Math.min(path.dueTick, this.tick + path.interval)
    }
    yield* this.updateQueueing()
  }

  private *updateQueueing(): Steps {
    const message = this.recovery.update(this.usablePaths)
    if (message !== undefined) yield* this.send(message)
  }

  private *send(message: string): Steps {
    yield* this.world.command(this.ctx, { message })
  }

  /** A disk of the table was found anew, under whatever number: the map gets it back. */
  private *pickUpFound(): Steps {
    const line = this.world.overPresentDisks(this.table)
    const devs = readTable(line).groups.flatMap((group) => group.paths.map(([dev = '']) => dev))
    if (devs.every((dev) => this.paths.has(dev)) || !devs.every((dev) => this.world.disk(dev)?.alive)) return
    yield* this.reload()
  }

  /** domap with ACT_RELOAD: the new table is loaded, and made live under a suspend that keeps what is queued. */
  private *reload(): Steps {
    const line = this.world.overPresentDisks(this.table)
    const { ctx, world } = this
    yield* world.command(ctx, { load: line })
    yield* world.command(ctx, { suspend: { noflush: true, nolockfs: true } })
    yield* world.command(ctx, { resume: true })
    this.recovery.tableLoaded(line.includes('queue_if_no_path'))
    this.readMap()
    for (const path of this.paths.values()) if (!path.usable) yield* this.send(`fail_path ${path.dev}`)
    yield* this.updateQueueing()
  }

  // ---- checkers --------------------------------------------------------------------------------------------------------

  /** True when a path was looked at. */
  private *checkDuePaths(): Steps<boolean> {
    const { tick } = this
    const due = [...this.paths.values()].filter((path) => path.dueTick <= tick)
    if (due.length === 0) return false
    yield* this.checker.askAll(due, tick)
    for (const path of due) yield* this.take(path)
    yield* this.updateQueueing()
    return true
  }

  /** do_check_path: what a due path's checker says, and what is done about it. */
  private *take(path: PathState): Steps {
    const answer = this.checker.answerOf(path, this.tick)
    if (answer === CheckerState.pending) {
      path.dueTick = this.tick + 1
      return
    }
    path.answer = undefined
    const before = path.state
    path.state = path.judge(answer)
    this.checker.say(path, path.state)
    path.reschedule(this.tick, path.state !== before)
    const active = this.status.paths.some(({ dev, active: isActive }) => dev === path.dev && isActive)
    if (path.usable && !active) yield* this.reinstate(path)
    else if (!path.usable && active && path.state !== CheckerState.delayed)
      yield* this.send(`fail_path ${path.dev}`)
    if (path.usable) this.readPriority(path)
  }

  /** reinstate_path, and enable_group for a group that was bypassed. */
  private *reinstate(path: PathState): Steps {
    yield* this.send(`reinstate_path ${path.dev}`)
    const { paths, disabled } = this.status
    const group = paths.find(({ dev }) => dev === path.dev)?.group ?? 0
    this.failback.groupBack = group
    if (disabled.has(group)) yield* this.send(`enable_group ${String(group)}`)
  }

  // ---- groups ----------------------------------------------------------------------------------------------------------

  private readPriority(path: PathState): void {
    if (this.options.prio === 'alua') path.priority = priorityOfState(this.world.disk(path.dev)?.accessState)
  }

  private *lookAtGroups(): Steps {
    if (this.options.path_grouping_policy === 'group_by_prio') yield* this.regroup()
    const best = this.failback.update(this.status, (dev) => this.paths.get(dev))
    if (best !== undefined) yield* this.send(`switch_group ${String(best)}`)
  }

  /** Paths whose priorities have changed go into other groups. */
  private *regroup(): Steps {
    const line = this.world.overPresentDisks(this.table)
    const now = readTable(line)
    const wanted = groupByPriority(now, (dev) => this.paths.get(dev)?.priority ?? 0)
    if (writeTable(wanted) === writeTable(now)) return
    this.table = writeTable(wanted)
    yield* this.reload()
  }

  // ---- sleep -----------------------------------------------------------------------------------------------------------

  /** Until a path is due, a timer has run out, or an event comes. */
  private *sleepUntilNext(): Steps {
    const next = Math.min(...[...this.paths.values()].map((path) => path.dueTick))
    const { nowNs } = this.world.m.clock
    const atNs = this.startNs + next * TICK_NS
    if (atNs <= nowNs) return
    if (next !== Infinity) this.alarm.arm(atNs - nowNs)
    yield* this.sleeper.sleep()
    this.alarm.cancel()
  }
}
