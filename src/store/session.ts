/**
 * One visit: the stores that views read, and the parts that keep them true.
 *
 *     intent (open, openLink, setLane, act) -> arrival, branches -> lane runs -> records -> show map -> player
 *
 * Views ask here for records; a record is the same object while its run goes on and grows in place.
 */
import type { SimNs } from '../lib/brands.ts'
import type { SafeStorage } from '../lib/safe-storage.ts'
import type { RunRecord } from '../record/run-record.ts'
import type { ScenarioSource } from '../scenario/index.ts'
import type { Answer, Asked, Question, RunSetup } from '../worker/protocol.ts'
import { type Arriving, Arrival, type Opener } from './arrival.ts'
import { type BranchStore, createBranchStore } from './branch-store.ts'
import { actionsOf, branchOfLane, type BranchTree } from './branches.ts'
import { type TimedStop, timedStops } from './dilations.ts'
import { Doing } from './doing.ts'
import { LaneRuns, type Runner } from './lane-runs.ts'
import type { LinkState } from './link-state.ts'
import { createPlaybackStore, type PlaybackStore } from './playback-store.ts'
import { Player } from './player.ts'
import { playheadNear } from './playhead.ts'
import { openedIn, type Present } from './present.ts'
import { allRunsOver, createScenarioStore, type ScenarioStore } from './scenario-store.ts'
import { createSelectionStore, type SelectionStore } from './selection-store.ts'
import { createSettingsStore, type SettingsStore } from './settings-store.ts'
import { ShowMap } from './show-map.ts'
import type { LaneIndex, LaneSetup } from './state.ts'
import { createUiStore, type UiStore } from './ui-store.ts'

/** What a session needs of the worker's client. */
export interface Engine extends Opener, Runner {
  /** Returns what ends the waiting; after it the listener hears nothing. */
  ask(asked: Asked, listener: (answer: Answer) => void): () => void
}

export interface SessionInput {
  readonly engine: Engine
  readonly storage: SafeStorage
  readonly prefersLight: boolean
  readonly link: LinkState
}

export class Session {
  readonly scenario: ScenarioStore
  readonly playback: PlaybackStore
  readonly selection: SelectionStore
  readonly settings: SettingsStore
  readonly ui: UiStore
  /** The tree of what was done; switchTo, undo and redo are its actions. */
  readonly branches: BranchStore
  readonly player: Player
  /** For acting, asking, searching. */
  readonly doing: Doing
  private readonly engine: Engine
  private readonly arrival: Arrival
  private readonly runs: LaneRuns
  private readonly showMap: ShowMap
  private readonly listeners = new Set<(lane: LaneIndex) => void>()
  private present: Present | undefined
  /** Several stores are being changed; the lanes follow when all of them are. */
  private changing = false
  /** Where a link wants the playhead, until the runs have come that far. */
  private wanted: Pick<LinkState, 'timeNs' | 'indices'> | undefined

  constructor(input: SessionInput) {
    const { engine, storage, link } = input
    this.engine = engine
    this.scenario = createScenarioStore({ source: link.source, title: '', about: '', lanes: [] })
    this.playback = createPlaybackStore({ pace: link.pace, playing: link.timeNs === undefined })
    this.selection = createSelectionStore()
    this.settings = createSettingsStore(storage, input.prefersLight)
    this.ui = createUiStore()
    this.branches = createBranchStore()
    this.player = new Player({
      store: this.playback,
      lanes: () => this.records,
      over: () => this.over,
      wished: () => {
        this.wanted = undefined
        this.doing.wished()
      },
    })
    this.runs = new LaneRuns({
      runner: engine,
      report: (lane, status) => this.scenario.getState().report(lane, status),
      neededNs: () => this.player.timeNs(),
      heard: (lane, what) => this.heard(lane, what),
    })
    this.showMap = new ShowMap({
      records: () => this.records,
      status: () => this.scenario.getState().status,
      pace: () => this.playback.getState().pace,
      dilations: () => this.present?.story?.dilations ?? [],
      setMap: (map) => this.player.setMap(map),
    })
    this.doing = new Doing({
      ...{ player: this.player, playback: this.playback, scenario: this.scenario, branches: this.branches },
      ...{ runs: this.runs, storage },
      knownUntilNs: () => this.showMap.knownUntilNs(),
      ask: (lane, question, atNs, listener) => this.ask(lane, question, atNs, listener),
    })
    this.arrival = new Arrival({
      opener: engine,
      setupOf,
      present: () => ({ shown: this.present, tree: this.branches.getState() }),
      show: (arriving) => this.show(arriving),
      notify: (notice) => this.scenario.getState().notify(notice),
    })
    this.listen()
    this.openLink(link)
  }

  get records(): readonly (RunRecord | undefined)[] {
    return this.runs.records
  }

  getRecord(lane: LaneIndex): RunRecord | undefined {
    return this.records[lane]
  }

  /** The scenario that is shown, with its story and what was filled in for its author; undefined before the first. */
  get opened(): Present | undefined {
    return this.present
  }

  /** True while what a link says is still to be shown: the state is then not worth a link of its own. */
  get arriving(): boolean {
    return this.arrival.arriving
  }

  /** Where the playhead is, or where a link wants it once the runs have come that far. */
  get destination(): Pick<LinkState, 'timeNs' | 'indices'> {
    return this.wanted ?? this.player.destination
  }

  /** The author's stops as times of the runs as far as they are logged, in order of time. */
  get stops(): readonly TimedStop[] {
    const records = this.records.filter((record) => record !== undefined)
    return timedStops(records, this.present?.story?.stops ?? [])
  }

  /** Hears of every lane whose record is new or has grown. Returns what ends it. */
  subscribeRecords(listener: (lane: LaneIndex) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Another scenario, played from its start. When it cannot be run the present one stays, and a notice says why. */
  open(source: ScenarioSource, lanes?: readonly LaneSetup[]): void {
    this.arrival.open(source, lanes, () => this.playback.setState({ loop: undefined, playing: true }))
  }

  /**
   * Everything that a link says; what it does not say is as on a first visit. Where its scenario cannot be run, the first
   * one of the gallery and a notice. A link to the present scenario keeps what runs, and the branches that were made.
   */
  openLink(link: LinkState): void {
    if (link.theme !== undefined) this.settings.getState().setTheme(link.theme)
    this.arrival.openLink(link, (said) => this.applyView(said))
  }

  /** Ends the computing of a lane, or of all; what was recorded stays. */
  cancel(lane?: LaneIndex): void {
    this.records.forEach((_, at) => {
      if (lane === undefined || lane === at) this.runs.cancel(at)
    })
  }

  /** To the next or previous of the author's stops. Pauses. */
  stepStop(direction: 1 | -1): void {
    this.player.stepTo(
      this.stops.map(({ timeNs }) => timeNs),
      direction,
    )
  }

  private get over(): boolean {
    return allRunsOver(this.scenario.getState())
  }

  private listen(): void {
    this.scenario.subscribe((now, before) => {
      if (now.source !== before.source || now.lanes !== before.lanes) this.followLanes()
    })
    this.branches.subscribe((now, before) => {
      if (now.current !== before.current || now.branches !== before.branches) this.followLanes()
    })
    this.playback.subscribe((now, before) => {
      if (now.pace !== before.pace) this.showMap.renew()
    })
    this.engine.onGallery((gallery) => this.scenario.setState({ gallery }))
  }

  private show({ source, opened, lanes, tree, same }: Arriving): void {
    const { outline, story, defaulted } = opened
    this.changing = true
    // A copy: the same scenario opened again starts anew.
    this.present = same ? this.present : { source: { ...source }, outline, story, defaulted }
    this.branches.setState({ ...tree })
    if (!same) this.selection.getState().clear()
    const shown = openedIn(this.present!, lanes)
    if (same) this.scenario.getState().setLanes(shown.lanes)
    else this.scenario.getState().open(shown)
    this.changing = false
    if (same) this.followLanes()
    else this.restart()
  }

  private applyView(link: LinkState): void {
    this.playback.setState({ pace: link.pace, loop: undefined })
    this.selection.setState({ followed: link.followed, range: link.range })
    this.wanted = link.timeNs === undefined ? undefined : { timeNs: link.timeNs, indices: link.indices }
    this.playback.setState({ playing: link.timeNs === undefined })
    if (link.timeNs === undefined) this.player.toStart()
    this.reachWanted()
  }

  private get setups(): RunSetup[] {
    const { source, lanes } = this.scenario.getState()
    const tree = this.branches.getState()
    return lanes.map((lane) => setupOf(source, lane, tree))
  }

  private followLanes(): void {
    if (!this.changing) this.runs.follow(this.setups)
  }

  private restart(): void {
    this.showMap.restart()
    this.doing.giveUp()
    this.wanted = undefined
    this.runs.restart(this.setups)
    this.player.restart()
  }

  private heard(lane: LaneIndex, what: 'replaced' | 'grown'): void {
    if (what === 'replaced') this.showMap.restart()
    this.showMap.grow()
    this.reachWanted()
    this.doing.lookAgain()
    for (const listener of this.listeners) listener(lane)
  }

  private ask(
    lane: LaneIndex,
    question: Question,
    atNs: SimNs,
    listener: (answer: Answer) => void,
  ): () => void {
    const setup = this.setups[lane]
    if (setup === undefined) return () => undefined
    return this.engine.ask({ setup, at_ns: Math.floor(atNs), question }, listener)
  }

  private reachWanted(): void {
    const { wanted } = this
    const { timeNs } = wanted ?? {}
    if (wanted === undefined || timeNs === undefined) return
    if (!this.over && this.records.some((record) => record === undefined || record.endNs <= timeNs)) return
    this.wanted = undefined
    this.player.seekPlayhead(playheadNear(this.records, timeNs, wanted.indices))
  }
}

function setupOf(
  source: ScenarioSource,
  { mode, kernel, seed, changes, pin }: LaneSetup,
  tree: BranchTree,
): RunSetup {
  const actions = actionsOf(tree, branchOfLane(tree, pin))
  return { source, mode, kernel, seed, actions, ...(changes === undefined ? {} : { changes }) }
}
