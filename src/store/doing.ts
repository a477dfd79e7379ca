/**
 * What somebody does and asks during a visit: commands at the playhead, questions, the console, searches for a moment. The
 * parts that answer are loaded when they are first needed.
 */
import { simNs, type SimNs } from '../lib/brands.ts'
import type { SafeStorage } from '../lib/safe-storage.ts'
import type { ActStep } from '../commands/index.ts'
import type { RunRecord } from '../record/run-record.ts'
import type { Answer, Question } from '../worker/protocol.ts'
import type { Acted, Acting } from './acting.ts'
import type { BranchStore } from './branch-store.ts'
import type { Console, ConsoleInput } from './console.ts'
import type { Goal } from './goals.ts'
import type { LaneRuns } from './lane-runs.ts'
import type { PlaybackStore } from './playback-store.ts'
import type { Player } from './player.ts'
import { allRunsOver, type ScenarioStore } from './scenario-store.ts'
import type { Seeker } from './seeker.ts'
import type { LaneIndex } from './state.ts'
import type { Verdicts } from './verdicts.ts'

export interface DoingInput {
  readonly player: Player
  readonly playback: PlaybackStore
  readonly scenario: ScenarioStore
  readonly branches: BranchStore
  readonly runs: LaneRuns
  readonly storage: SafeStorage
  /** Up to when no lane logs anything more. */
  readonly knownUntilNs: () => number
  /** Asks the machine of a lane. Returns what ends the waiting. */
  readonly ask: ConsoleInput['ask']
}

interface Loaded {
  readonly acting: Acting
  readonly verdicts: Verdicts
  readonly console: Console
  readonly seeker: Seeker
}

export class Doing {
  private readonly input: DoingInput
  private loaded: Loaded | undefined
  private toCome: Promise<Loaded> | undefined
  /** How often somebody has sent the playhead somewhere: what is found later looks whether it is still wanted. */
  private wishes = 0

  constructor(input: DoingInput) {
    this.input = input
  }

  /**
   * Does something: a command as one would type it, or one or several steps, which are one script. Right after what the
   * playhead has passed, or at another moment. Makes a branch; the play goes on, and a paused show goes on to where it is
   * done. A lane that is pinned follows alone where it is the one that somebody acts in.
   */
  async act(
    what: string | ActStep | readonly ActStep[],
    atNs: SimNs = this.nextNs,
    lane?: LaneIndex,
  ): Promise<Acted> {
    const { acting } = await this.load()
    return acting.act(what, atNs, lane)
  }

  /** Asks the machine of a lane, at the playhead or another moment. */
  ask(
    lane: LaneIndex,
    question: Question,
    atNs: SimNs = this.input.player.timeNs(),
  ): { readonly answer: Promise<Answer>; readonly cancel: () => void } {
    let hear: (answer: Answer) => void = () => undefined
    const answer = new Promise<Answer>((resolve) => (hear = resolve))
    return { answer, cancel: this.input.ask(lane, question, atNs, (text) => hear(text)) }
  }

  /** The console: a store of what was typed and answered, with the history of lines; `cancel` and `clear`. */
  async openConsole(): Promise<Console> {
    return (await this.load()).console
  }

  /** Carries a typed text out at the playhead; the lane is the one that is asked. What comes of it is in the console. */
  async enter(text: string, lane: LaneIndex): Promise<void> {
    const at = { askNs: this.input.player.timeNs(), actNs: this.nextNs }
    const { console } = await this.load()
    console.enter(text, lane, at)
  }

  /**
   * Jumps to a goal after the playhead and stands there paused, or plays until there. What is not yet computed is waited
   * for; the playback store says so, and `giveUp` of the seeker ends it.
   */
  async seek(goal: Goal, how: 'jump' | 'play' = 'jump'): Promise<void> {
    this.wished()
    const wish = this.wishes
    const { seeker } = await this.load()
    if (wish !== this.wishes) return
    if (how === 'jump') seeker.jump(goal)
    else seeker.playUntil(goal)
  }

  /** For jumping back to an event of a kind, and for giving a search up. */
  async openSeeker(): Promise<Seeker> {
    return (await this.load()).seeker
  }

  /** The last wish counts, whatever the ones before still wait for. */
  wished(): void {
    this.wishes++
    this.giveUp()
  }

  /** What is searched for is not waited for any more. */
  giveUp(): void {
    this.loaded?.seeker.giveUp()
  }

  /** The lanes have logged more, or show something else. */
  lookAgain(): void {
    this.loaded?.seeker.lookAgain()
    this.loaded?.verdicts.look()
  }

  /** Right after everything that the playhead has passed, so that what is on screen stays true. */
  private get nextNs(): SimNs {
    return simNs(Math.floor(this.input.player.timeNs()) + 1)
  }

  /** A show that stands goes on to what is done right after its moment, unless it has been sent elsewhere by then. */
  private follow(atNs: SimNs): (begunNs: SimNs) => void {
    const { wishes } = this
    const { player } = this.input
    const stands = !player.playing && atNs === this.nextNs
    return (begunNs) => {
      if (stands && wishes === this.wishes && begunNs > player.timeNs()) player.goOnTo(begunNs)
    }
  }

  private load(): Promise<Loaded> {
    const { branches, knownUntilNs, player, playback, runs, scenario, storage, ask } = this.input
    this.toCome ??= import('./deeds.ts').then(({ Acting, Console, lanesNow, Seeker, Verdicts }) => {
      const record = (): RunRecord | undefined => runs.records.find((one) => one !== undefined)
      const verdicts = new Verdicts(branches, () => lanesNow(scenario, branches, runs))
      const follow = (atNs: SimNs): ((begunNs: SimNs) => void) => this.follow(atNs)
      const acting = new Acting({ branches, scenario, verdicts, record, follow })
      const isOver = (): boolean => allRunsOver(scenario.getState())
      const seeker = new Seeker({
        player,
        playback,
        known: () => ({ lanes: runs.records, untilNs: isOver() ? Infinity : knownUntilNs() }),
        tell: (sentence) => scenario.getState().notify(sentence),
      })
      this.loaded = { acting, verdicts, console: new Console({ acting, storage, ask }), seeker }
      return this.loaded
    })
    return this.toCome
  }
}
