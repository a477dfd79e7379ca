/**
 * One visit: what runs in the worker, what it has logged, and the stores that views read.
 *
 *     intent (open, openLink, setLane) -> worker -> scenario store -> runs in the worker -> records -> time map -> player
 *
 * Views ask here for records; a record is the same object while its run goes on and grows in place.
 */
import type { SafeStorage } from '../lib/safe-storage.ts'
import { RunRecord } from '../record/run-record.ts'
import { collectMoments, MomentCollector } from '../record/story-moments.ts'
import { storyOf } from '../record/story-time.ts'
import { readableRatio, realTime, type TimeMap } from '../record/time-map.ts'
import type { GalleryEntry, Opened, ScenarioSource } from '../scenario/index.ts'
import type { RunListener } from '../worker/client.ts'
import type { RunNumber, RunSetup } from '../worker/protocol.ts'
import { timedDilations } from './dilations.ts'
import type { LinkState } from './link-state.ts'
import { createPlaybackStore, type PlaybackStore } from './playback-store.ts'
import { Player } from './player.ts'
import { playheadNear } from './playhead.ts'
import { FIRST, LIKELY_LANES, openedIn, type Present } from './present.ts'
import { allRunsOver, createScenarioStore, type ScenarioStore, totalEvents } from './scenario-store.ts'
import { createSelectionStore, type SelectionStore } from './selection-store.ts'
import { createSettingsStore, type SettingsStore } from './settings-store.ts'
import type { LaneIndex, LaneSetup, ScenarioState } from './state.ts'
import { createUiStore, type UiStore } from './ui-store.ts'

/** What a session needs of the worker's client. */
export interface Engine {
  onGallery(listener: (gallery: readonly GalleryEntry[]) => void): void
  /** Begins what is likely to be loaded by the listener. */
  open(source: ScenarioSource, listener: (opened: Opened) => void, likely: readonly RunSetup[]): void
  load(setup: RunSetup, listener: RunListener): RunNumber
  stop(run: RunNumber): void
}

export interface SessionInput {
  readonly engine: Engine
  readonly storage: SafeStorage
  readonly prefersLight: boolean
  readonly link: LinkState
}

/** In real ratio, too, the show goes on a little after the end. */
const REAL_TAIL = 1.01

interface Lane {
  run: RunNumber | undefined
  record: RunRecord | undefined
}

export class Session {
  readonly scenario: ScenarioStore
  readonly playback: PlaybackStore
  readonly selection: SelectionStore
  readonly settings: SettingsStore
  readonly ui: UiStore
  readonly player: Player
  private readonly engine: Engine
  private readonly listeners = new Set<(lane: LaneIndex) => void>()
  private present: Present | undefined
  /** Openings so far; only the answer to the last one counts. */
  private openings = 0
  private followingLink = false
  private lanes: Lane[] = []
  private eventsInMap = 0
  /** Of the records as they are now; begun anew when a lane is. */
  private moments: MomentCollector | undefined
  /** Where a link wants the playhead, until the runs have come that far. */
  private wanted: Pick<LinkState, 'timeNs' | 'indices'> | undefined

  constructor(input: SessionInput) {
    this.engine = input.engine
    const { source } = input.link
    this.scenario = createScenarioStore({ source, title: '', about: '', lanes: [] })
    this.playback = createPlaybackStore({
      pace: input.link.pace,
      playing: input.link.timeNs === undefined,
    })
    this.selection = createSelectionStore()
    this.settings = createSettingsStore(input.storage, input.prefersLight)
    this.ui = createUiStore()
    this.player = new Player({
      store: this.playback,
      lanes: () => this.records,
      over: () => allRunsOver(this.scenario.getState()),
    })
    this.scenario.subscribe((now, before) => this.follow(now, before))
    this.playback.subscribe((now, before) => {
      if (now.pace !== before.pace) this.renewMap()
    })
    this.engine.onGallery((gallery) => this.scenario.setState({ gallery }))
    this.openLink(input.link)
  }

  get records(): readonly (RunRecord | undefined)[] {
    return this.lanes.map(({ record }) => record)
  }

  getRecord(lane: LaneIndex): RunRecord | undefined {
    return this.lanes[lane]?.record
  }

  /** The scenario that is shown, with its story and what was filled in for its author; undefined before the first. */
  get opened(): Present | undefined {
    return this.present
  }

  /** True while what a link says is still to be shown: the state is then not worth a link of its own. */
  get arriving(): boolean {
    return this.followingLink
  }

  /** Where the playhead is, or where a link wants it once the runs have come that far. */
  get destination(): Pick<LinkState, 'timeNs' | 'indices'> {
    return this.wanted ?? this.player.destination
  }

  /** Hears of every lane whose record is new or has grown. Returns what ends it. */
  subscribeRecords(listener: (lane: LaneIndex) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Another scenario, played from its start. When it cannot be run the present one stays, and a notice says why. */
  open(source: ScenarioSource, lanes?: readonly LaneSetup[]): void {
    this.followingLink = false
    this.ask(source, lanes, (opened) => {
      this.scenario.getState().notify(opened.ok ? undefined : opened.notice)
      if (!opened.ok) return
      this.show(source, opened, lanes)
      this.playback.setState({ loop: undefined, playing: true })
    })
  }

  /**
   * Everything that a link says; what it does not say is as on a first visit. Where its scenario cannot be run, the first
   * one of the gallery and a notice.
   */
  openLink(link: LinkState): void {
    this.followingLink = true
    if (link.theme !== undefined) this.settings.getState().setTheme(link.theme)
    this.ask(link.source, link.lanes, (opened) => {
      this.scenario.getState().notify(opened.ok ? link.notice : opened.notice)
      if (opened.ok) {
        this.show(link.source, opened, link.lanes)
        this.applyView(link)
        this.followingLink = false
      } else if (!isFirst(link.source)) this.openLink({ ...link, source: FIRST, notice: opened.notice })
    })
  }

  private ask(
    source: ScenarioSource,
    lanes: readonly LaneSetup[] = LIKELY_LANES,
    take: (opened: Opened) => void,
  ): void {
    const opening = ++this.openings
    const hear = (opened: Opened): void => {
      if (opening === this.openings) take(opened)
    }
    this.engine.open(
      source,
      hear,
      lanes.map((lane) => setupOf(source, lane)),
    )
  }

  private show(
    source: ScenarioSource,
    { outline, story, defaulted }: Extract<Opened, { ok: true }>,
    lanes: readonly LaneSetup[] | undefined,
  ): void {
    // A copy: the same scenario opened again starts anew.
    this.present = { source: { ...source }, outline, story, defaulted }
    this.selection.getState().clear()
    this.scenario.getState().open(openedIn(this.present, lanes))
  }

  private applyView(link: LinkState): void {
    this.playback.setState({ pace: link.pace, loop: undefined })
    this.selection.getState().follow(link.followed)
    this.wanted = link.timeNs === undefined ? undefined : { timeNs: link.timeNs, indices: link.indices }
    this.playback.setState({ playing: link.timeNs === undefined })
    this.reachWanted()
  }

  private follow(now: ScenarioState, before: ScenarioState): void {
    if (now.source !== before.source || now.lanes.length !== before.lanes.length) this.loadAll()
    else if (now.lanes !== before.lanes) {
      now.lanes.forEach((setup, lane) => {
        if (setup !== before.lanes[lane]) this.load(lane, setup)
      })
      this.eventsInMap = 0
    }
  }

  private loadAll(): void {
    for (const { run } of this.lanes) if (run !== undefined) this.engine.stop(run)
    const { lanes } = this.scenario.getState()
    this.lanes = lanes.map(() => ({ run: undefined, record: undefined }))
    this.eventsInMap = 0
    this.wanted = undefined
    this.player.restart()
    lanes.forEach((setup, lane) => this.load(lane, setup))
  }

  private load(lane: LaneIndex, setup: LaneSetup): void {
    const old = this.lanes[lane]
    if (old?.run !== undefined) this.engine.stop(old.run)
    const fresh: Lane = { run: undefined, record: undefined }
    this.lanes[lane] = fresh
    this.moments = undefined
    const { source } = this.scenario.getState()
    fresh.run = this.engine.load(setupOf(source, setup), this.listenerOf(lane, fresh))
  }

  private listenerOf(lane: LaneIndex, home: Lane): RunListener {
    const { report } = this.scenario.getState()
    return {
      header: (header) => {
        home.record = new RunRecord(header)
        this.announce(lane)
      },
      batch: (chunks, additions) => {
        home.record?.append(chunks, additions)
        report(lane, { kind: 'running', ...lengthOf(home) })
        this.announce(lane)
      },
      ended: (result) => {
        if (home.record !== undefined) home.record.result = result
        report(lane, { kind: 'ended', ...lengthOf(home), result })
        this.announce(lane)
      },
      problem: (problem) => {
        report(lane, { kind: 'problem', ...lengthOf(home), problem })
        this.announce(lane)
      },
    }
  }

  private announce(lane: LaneIndex): void {
    const state = this.scenario.getState()
    if (allRunsOver(state) || totalEvents(state) >= 2 * this.eventsInMap) this.renewMap()
    this.reachWanted()
    for (const listener of this.listeners) listener(lane)
  }

  /** A new map whenever the log has doubled, and at the end: between them the show has more than it can play. */
  private renewMap(): void {
    this.eventsInMap = totalEvents(this.scenario.getState())
    const records = this.records.filter((record) => record !== undefined)
    if (this.playback.getState().pace === 'real') {
      const endNs = Math.max(1000, this.knownUntilNs(records))
      this.player.setMap(realTime(endNs * REAL_TAIL, readableRatio(endNs)))
    } else this.player.setMap(this.storyMap(records))
  }

  /** The story is known as far as all lanes have logged; what one lane logged beyond may still get company. */
  private storyMap(records: readonly RunRecord[]): TimeMap {
    const over = allRunsOver(this.scenario.getState())
    this.moments ??= this.everyLaneBegan() ? new MomentCollector(records) : undefined
    const untilNs = this.knownUntilNs(records)
    const moments = this.moments?.read(over ? Infinity : untilNs) ?? collectMoments([])
    const wishes = this.present?.story?.dilations ?? []
    return storyOf(moments, over ? untilNs : 0, timedDilations(records, wishes))
  }

  /** A lane that could not begin is not waited for. */
  private everyLaneBegan(): boolean {
    const { status } = this.scenario.getState()
    return this.lanes.every(({ record }, lane) => record !== undefined || status[lane]?.kind === 'problem')
  }

  /** The end when all runs are over, else the time up to which no lane logs anything more. */
  private knownUntilNs(records: readonly RunRecord[]): number {
    const ends = records.map((record) => record.endNs)
    if (allRunsOver(this.scenario.getState())) return Math.max(0, ...ends)
    const { status } = this.scenario.getState()
    const running = this.lanes.flatMap(({ record }, lane) => {
      const kind = status[lane]?.kind
      return kind === 'ended' || kind === 'problem' ? [] : [record?.endNs ?? 0]
    })
    return Math.min(...running)
  }

  private reachWanted(): void {
    const { wanted } = this
    if (wanted?.timeNs === undefined || this.lanes.some(({ record }) => record === undefined)) return
    const over = allRunsOver(this.scenario.getState())
    if (!over && this.records.some((record) => record!.endNs <= wanted.timeNs!)) return
    this.wanted = undefined
    this.player.seekPlayhead(playheadNear(this.records, wanted.timeNs, wanted.indices))
  }
}

function setupOf(source: ScenarioSource, { mode, kernel, seed }: LaneSetup): RunSetup {
  return { source, mode, kernel, seed, actions: [] }
}

function isFirst(source: ScenarioSource): boolean {
  return source.kind === FIRST.kind && source.name === FIRST.name
}

function lengthOf({ record }: Lane): { events: number; endNs: number } {
  return { events: record?.eventCount ?? 0, endNs: record?.endNs ?? 0 }
}
