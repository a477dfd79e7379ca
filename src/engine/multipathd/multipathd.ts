/**
 * multipathd: multipathd/main.c:checkerloop, check_path, update_path_state, need_switch_pathgroup,
 * deferred_failback_tick and libmultipath, 0.14.3. A program of user space: it asks the disks, reads the map, and sends
 * messages; the kernel does everything else.
 *
 * Once a second it looks which paths are due. A path that is due is asked (after a look at its state in sysfs); an answer
 * within a millisecond counts at once, a later one when the daemon looks again a second later. A path that is down is
 * failed, one that is up and failed is reinstated, then the groups are looked at: another order (ALUA), or back to the best.
 *
 * Simplified: seconds in which nothing is due are slept through; a question takes no room in the queue of the disk and is
 * no request in the log; directio and readsector0 ask like tur, but take a standby port for down; a disk that is deleted
 * stays in the table as a failed path until it is found again; priorities are read without taking time.
 */
import { DeviceTimer } from '../drivers/device-timer.ts'
import type { PathAnswer } from '../drivers/path-device.ts'
import { CheckerState, DeviceState, EventKind, TimerKind } from '../log/index.ts'
import { Context, CpuClass, type Steps } from '../sim/cpu.ts'
import { groupByPriority, type MapStatus, readStatus, readTable, writeTable } from './map-text.ts'
import type { MapOpinion } from './opinion.ts'
import type { MultipathdOptions } from './options.ts'
import { PathState, priorityOfState } from './path-state.ts'
import { Recovery } from './recovery.ts'
import type { PathEvent } from '../uevent.ts'
import type { MultipathdWorld } from './world.ts'

const TICK_NS = 1e9
/** How long the daemon waits for an answer before it goes on without. */
const ANSWER_NS = 1e6

export class Multipathd {
  private readonly world: MultipathdWorld
  private readonly options: MultipathdOptions
  private readonly ctx: Context
  private readonly recovery: Recovery
  private readonly failback: DeviceTimer
  private readonly alarm: DeviceTimer
  private readonly answers: DeviceTimer
  private readonly paths = new Map<string, PathState>()
  private readonly events: PathEvent[] = []
  /** The table line in the numbers of the scenario. */
  private table: string
  private startNs = 0
  private failbackDue = false
  private asleep = false
  private woken = false
  /** The group of a path that has just come back, for followover. */
  private groupBack = 0

  constructor(world: MultipathdWorld, options: MultipathdOptions, table: string) {
    const { m, mapIndex } = world
    this.world = world
    this.options = options
    this.table = table
    const cpu = m.idlestCpu()
    this.ctx = new Context(cpu, m.registerTask('multipathd', cpu.number), CpuClass.normal)
    const wake = (): void => {
      this.wake()
    }
    this.recovery = new Recovery(m, mapIndex, options, wake)
    this.alarm = new DeviceTimer(m, mapIndex, TimerKind.checker, wake, false)
    this.answers = new DeviceTimer(m, mapIndex, TimerKind.checker, wake, false)
    this.failback = new DeviceTimer(m, mapIndex, TimerKind.failback, () => {
      this.failbackDue = true
      wake()
    })
    m.uevent = (event) => {
      this.events.push(event)
      wake()
    }
  }

  /** Something will happen that I/O may wait for, however long it takes. */
  get timerRuns(): boolean {
    return this.recovery.timerRuns || this.failback.armed
  }

  /** What it would print now, however old that is. */
  get opinion(): MapOpinion {
    const usable = [...this.paths.values()].filter((path) => path.usable).length
    const { failback } = this.options
    return {
      queueing: this.recovery.describe(usable),
      failback: failback === 'manual' || typeof failback === 'number' ? '-' : failback,
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
      if ((yield* this.checkDuePaths()) || this.failbackDue) yield* this.lookAtGroups()
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
    const usable = [...this.paths.values()].filter((path) => path.usable).length
    const message = this.recovery.update(usable)
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
    for (const path of due) if (path.askedTick < 0) this.ask(path)
    if (due.some((path) => path.answer === undefined)) yield* this.awaitAnswers(due)
    for (const path of due) yield* this.take(path)
    yield* this.updateQueueing()
    return true
  }

  /** get_state: sysfs first, then the checker. */
  private ask(path: PathState): void {
    path.answer = undefined
    const disk = this.world.disk(path.dev)
    if (disk === undefined || !disk.alive) path.answer = CheckerState.removed
    else if (disk.state === DeviceState.blocked) path.answer = CheckerState.pending
    else if (disk.state !== DeviceState.running) path.answer = CheckerState.down
    else if (this.options.path_checker === 'none') path.answer = CheckerState.up
    else {
      path.askedTick = this.tick
      this.say(disk.index, CheckerState.pending)
      disk.testUnitReady((answer) => {
        if (path.askedTick < 0) return
        path.answer = this.meaningOf(answer)
        path.askedTick = -1
        if (this.answers.armed) this.wake()
      })
    }
  }

  private meaningOf(answer: PathAnswer): CheckerState {
    switch (answer) {
      case 'good':
        return CheckerState.up
      case 'standby':
        return this.options.path_checker === 'tur' ? CheckerState.ghost : CheckerState.down
      case 'transitioning':
        return CheckerState.pending
      case 'not ready':
      case 'no connection':
        return CheckerState.down
    }
  }

  private *awaitAnswers(due: readonly PathState[]): Steps {
    this.answers.arm(ANSWER_NS)
    while (this.answers.armed && due.some((path) => path.answer === undefined)) {
      yield* this.sleep()
    }
    this.answers.cancel()
  }

  /** do_check_path: what a due path's checker says, and what is done about it. */
  private *take(path: PathState): Steps {
    const answer = path.answer ?? this.withoutAnswer(path)
    if (answer === CheckerState.pending) {
      path.dueTick = this.tick + 1
      return
    }
    path.answer = undefined
    const before = path.state
    path.state = path.judge(answer)
    const disk = this.world.disk(path.dev)
    if (disk) this.say(disk.index, path.state)
    path.reschedule(this.tick, path.state !== before)
    const active = this.status.paths.some(({ dev, active: isActive }) => dev === path.dev && isActive)
    if (path.usable && !active) yield* this.reinstate(path)
    else if (!path.usable && active && path.state !== CheckerState.delayed)
      yield* this.send(`fail_path ${path.dev}`)
    if (path.usable) this.readPriority(path)
  }

  /** The question is still out: PATH_PENDING until checker_timeout, then PATH_TIMEOUT. */
  private withoutAnswer(path: PathState): CheckerState {
    if (this.tick - path.askedTick < this.options.checker_timeout) return CheckerState.pending
    path.askedTick = -1
    return CheckerState.timeout
  }

  private say(dev: number, state: CheckerState): void {
    this.world.m.log.emit(EventKind.checker, dev, 0, 0, 0, 0, 0, state)
  }

  /** reinstate_path, and enable_group for a group that was bypassed. */
  private *reinstate(path: PathState): Steps {
    yield* this.send(`reinstate_path ${path.dev}`)
    const { paths, disabled } = this.status
    const group = paths.find(({ dev }) => dev === path.dev)?.group ?? 0
    this.groupBack = group
    if (disabled.has(group)) yield* this.send(`enable_group ${String(group)}`)
  }

  // ---- groups ----------------------------------------------------------------------------------------------------------

  private readPriority(path: PathState): void {
    if (this.options.prio === 'alua') path.priority = priorityOfState(this.world.disk(path.dev)?.accessState)
  }

  private *lookAtGroups(): Steps {
    if (this.options.path_grouping_policy === 'group_by_prio') yield* this.regroup()
    const back = this.groupBack
    this.groupBack = 0
    const best = this.bestGroup()
    if (best === undefined || best === this.status.nextGroup) {
      this.failback.cancel()
      this.failbackDue = false
      return
    }
    const { failback } = this.options
    if (typeof failback === 'number') {
      if (this.failbackDue) yield* this.send(`switch_group ${String(best)}`)
      else if (back > 0 || !this.failback.armed) this.failback.arm((failback + 1) * TICK_NS)
      this.failbackDue = false
    } else if (failback === 'immediate' || (failback === 'followover' && back === best))
      yield* this.send(`switch_group ${String(best)}`)
  }

  /** select_path_group: the highest mean priority of usable paths, then the most of them, then the first. */
  private bestGroup(): number | undefined {
    const groups = new Map<number, { sum: number; count: number }>()
    for (const { dev, group } of this.status.paths) {
      const path = this.paths.get(dev)
      if (!path?.usable) continue
      const sums = groups.get(group) ?? { sum: 0, count: 0 }
      groups.set(group, { sum: sums.sum + path.priority, count: sums.count + 1 })
    }
    const mean = ({ sum, count }: { sum: number; count: number }): number => Math.floor(sum / count)
    const [best] = [...groups].sort(([a, x], [b, y]) => mean(y) - mean(x) || y.count - x.count || a - b)
    return best?.[0]
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
    yield* this.sleep()
    this.alarm.cancel()
  }

  private *sleep(): Steps {
    if (!this.woken) {
      this.asleep = true
      this.ctx.sleep(false)
      yield
    }
    this.asleep = false
    this.woken = false
  }

  /** Whoever wakes it while it is at work has it look again before it sleeps. */
  private wake(): void {
    if (this.asleep) this.ctx.wake()
    else this.woken = true
  }
}
