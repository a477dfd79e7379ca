/**
 * Asks paths: libmultipath/discovery.c:get_state, libmultipath/checkers, 0.14.3. The state in sysfs comes first, then the
 * checker. An answer within a millisecond counts at once, a later one when the daemon looks again a second later.
 *
 * Simplified: a question takes no room in the queue of the disk and is no request in the log; directio and readsector0 ask
 * like tur, but take a standby port for down.
 */
import { DeviceTimer } from '../drivers/device-timer.ts'
import type { PathAnswer } from '../drivers/path-device.ts'
import { CheckerState, DeviceState, EventKind, TimerKind } from '../log/index.ts'
import type { Steps } from '../sim/cpu.ts'
import type { MultipathdOptions } from './options.ts'
import type { PathState } from './path-state.ts'
import type { Sleeper } from './sleeper.ts'
import type { MultipathdWorld } from './world.ts'

/** How long the daemon waits for an answer before it goes on without. */
const ANSWER_NS = 1e6

export class Checker {
  private readonly world: MultipathdWorld
  private readonly options: MultipathdOptions
  private readonly sleeper: Sleeper
  private readonly answers: DeviceTimer

  constructor(world: MultipathdWorld, options: MultipathdOptions, sleeper: Sleeper) {
    this.world = world
    this.options = options
    this.sleeper = sleeper
    this.answers = new DeviceTimer(
      world.m,
      world.mapIndex,
      TimerKind.checker,
      () => {
        sleeper.wake()
      },
      false,
    )
  }

  /** Asks those of the due paths whose answer is not out already, and gives them the time to answer. */
  *askAll(due: readonly PathState[], tick: number): Steps {
    for (const path of due) if (path.askedTick < 0) this.ask(path, tick)
    if (due.every((path) => path.answer !== undefined)) return
    this.answers.arm(ANSWER_NS)
    while (this.answers.armed && due.some((path) => path.answer === undefined)) {
      yield* this.sleeper.sleep()
    }
    this.answers.cancel()
  }

  /** get_state: sysfs first, then the checker. */
  private ask(path: PathState, tick: number): void {
    path.answer = undefined
    const disk = this.world.disk(path.dev)
    if (disk === undefined || !disk.alive) path.answer = CheckerState.removed
    else if (disk.state === DeviceState.blocked) path.answer = CheckerState.pending
    else if (disk.state !== DeviceState.running) path.answer = CheckerState.down
    else if (this.options.path_checker === 'none') path.answer = CheckerState.up
    else {
      path.askedTick = tick
      this.say(path, CheckerState.pending)
      disk.testUnitReady((answer) => {
        if (path.askedTick < 0) return
        path.answer = this.meaningOf(answer)
        path.askedTick = -1
        if (this.answers.armed) this.sleeper.wake()
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

  /** What is known now; while the question is out PATH_PENDING until checker_timeout, then PATH_TIMEOUT. */
  answerOf(path: PathState, tick: number): CheckerState {
    if (path.answer !== undefined) return path.answer
    if (tick - path.askedTick < this.options.checker_timeout) return CheckerState.pending
    path.askedTick = -1
    return CheckerState.timeout
  }

  /** The log's word of a question, or of what came of it, where the disk is still there. */
  say({ dev }: PathState, state: CheckerState): void {
    const disk = this.world.disk(dev)
    if (disk !== undefined) this.world.m.log.emit(EventKind.checker, disk.index, 0, 0, 0, 0, 0, state)
  }
}
