/**
 * Plays the show: moves the playhead along the time map, one clock for all lanes.
 *
 * A frame calls `tick`; nothing here asks for time or frames by itself. The playback store hears of a paused playhead at
 * once and of a moving one four times a second, so that what subscribes to it may render.
 */
import { shownMs, type ShownMs, simNs, type SimNs } from '../lib/brands.ts'
import { Milestones } from '../record/milestones.ts'
import type { RunRecord } from '../record/run-record.ts'
import { realTime, type TimeMap } from '../record/time-map.ts'
import { clampSpeed, type PlaybackStore } from './playback-store.ts'
import { type Lanes, type Playhead, playheadAt, playheadIn, stepped } from './playhead.ts'
import type { Pace, PlaybackState } from './state.ts'

/** Between two reports to the store while playing. */
const REPORT_MS = 250

export interface PlayerInput {
  readonly store: PlaybackStore
  readonly lanes: () => Lanes
  /** True when no lane will log anything more. */
  readonly over: () => boolean
  /** Somebody sends the playhead somewhere, stops it or starts it: what was wished for before holds no longer. */
  readonly wished?: () => void
}

export class Player {
  private readonly input: PlayerInput
  private head: Playhead = { timeNs: simNs(0), indices: [] }
  /** The records that its indices are of. */
  private lanesOfHead: Lanes = []
  private shown: ShownMs = shownMs(0)
  private timeMap: TimeMap = realTime(1, 1)
  private sinceReportMs = 0
  /** Where playing pauses. */
  private until: Playhead | undefined
  private readonly milestones = new WeakMap<RunRecord, Milestones>()

  constructor(input: PlayerInput) {
    this.input = input
  }

  get map(): TimeMap {
    return this.timeMap
  }

  get playing(): boolean {
    return this.state.playing
  }

  get pace(): Pace {
    return this.state.pace
  }

  get speed(): number {
    return this.state.speed
  }

  timeNs(): SimNs {
    return this.head.timeNs
  }

  shownMs(): ShownMs {
    return this.shown
  }

  /** The last event of a lane that has happened, -1 before its first. */
  indexOf(lane: number): number {
    return this.head.indices[lane] ?? -1
  }

  get playhead(): Playhead {
    return this.head
  }

  /** The time, and the events of the lanes where the time leaves them open. */
  get destination(): { readonly timeNs: SimNs; readonly indices: readonly number[] | undefined } {
    const { timeNs, indices } = this.head
    const plain = playheadAt(this.input.lanes(), timeNs)
    const between = indices.some((index, lane) => index !== plain.indices[lane])
    return { timeNs, indices: between ? indices : undefined }
  }

  /** From the start again when it is at the end. */
  play(): void {
    this.input.wished?.()
    if (this.atEnd && this.input.over()) this.goTo(playheadAt(this.input.lanes(), simNs(0)))
    this.input.store.setState({ playing: true })
  }

  pause(): void {
    this.input.wished?.()
    this.halt()
  }

  /** Plays on, and pauses exactly there. */
  playUntil(until: Playhead): void {
    this.input.wished?.()
    this.until = until
    this.input.store.setState({ playing: true, untilNs: until.timeNs })
  }

  toggle(): void {
    if (this.playing) this.pause()
    else this.play()
  }

  setPace(pace: Pace): void {
    this.input.store.setState({ pace })
  }

  setSpeed(speed: number): void {
    this.input.store.setState({ speed: clampSpeed(speed) })
  }

  setLoop(loop: PlaybackState['loop']): void {
    this.input.store.setState({ loop })
  }

  /** One event of any lane. Pauses. */
  stepEvent(direction: 1 | -1): void {
    const head = stepped(this.input.lanes(), this.head, direction)
    if (this.playing) this.stop()
    this.send(head)
  }

  /** To the next or previous milestone of any lane, or to the end or start. Pauses. */
  stepMilestone(direction: 1 | -1): void {
    this.stepTo(this.milestoneTimes(), direction)
  }

  /** To the next or previous of some times, or to the end or start. Pauses. */
  stepTo(times: readonly number[], direction: 1 | -1): void {
    const now = this.head.timeNs
    const target = direction === 1 ? times.find((ns) => ns > now) : times.findLast((ns) => ns < now)
    if (target === undefined && direction === 1) this.toEnd()
    else this.seekNs(target ?? 0)
    if (this.playing) this.pause()
  }

  seekNs(ns: number): void {
    const timeNs = simNs(Math.max(0, Math.min(ns, this.timeMap.endNs)))
    this.send(playheadAt(this.input.lanes(), timeNs))
  }

  /** As far as there, because of something that was wished for before: nobody's last wish is forgotten for it. */
  goOnTo(timeNs: SimNs): void {
    this.goTo(playheadAt(this.input.lanes(), timeNs))
  }

  /** Exactly there, between events of one nanosecond, as a link may say. */
  seekPlayhead(head: Playhead): void {
    this.send(head)
  }

  seekShown(ms: number): void {
    this.seekNs(this.timeMap.toSim(ms))
  }

  toStart(): void {
    this.seekNs(0)
  }

  toEnd(): void {
    this.seekNs(this.timeMap.endNs)
  }

  /** Another pace, or the log has grown: the simulated time stays, the shown time follows. */
  setMap(map: TimeMap): void {
    this.timeMap = map
    this.goTo(playheadIn(this.input.lanes(), this.head, this.lanesOfHead))
  }

  /** The lanes hold other runs now: back to the start, or to where a link says. */
  restart(): void {
    this.lanesOfHead = this.input.lanes()
    this.head = playheadAt(this.lanesOfHead, simNs(0))
    this.shown = shownMs(0)
    this.report()
  }

  /** A frame has passed. */
  tick(stepMs: number): void {
    if (!this.playing) return
    const { loop, speed } = this.state
    const { until } = this
    if (until !== undefined && this.shown + stepMs * speed >= this.timeMap.toShown(until.timeNs)) {
      this.stop()
      this.goTo(until)
      return
    }
    const endMs = loop === undefined ? this.timeMap.totalShownMs : this.timeMap.toShown(loop.toNs)
    const ms = this.shown + stepMs * speed
    if (ms < endMs) this.advanceTo(ms)
    else if (loop !== undefined) this.goTo(playheadAt(this.input.lanes(), loop.fromNs))
    else {
      this.advanceTo(endMs)
      if (this.input.over()) this.halt()
    }
    this.sinceReportMs += stepMs
    if (this.sinceReportMs >= REPORT_MS) this.report()
  }

  /** Time never runs back here, not even by the rounding of a map and its inverse. */
  private advanceTo(ms: number): void {
    this.shown = shownMs(ms)
    const timeNs = simNs(Math.max(this.head.timeNs, this.timeMap.toSim(ms)))
    this.lanesOfHead = this.input.lanes()
    this.head = playheadAt(this.lanesOfHead, timeNs)
  }

  private get state(): PlaybackState {
    return this.input.store.getState()
  }

  private get atEnd(): boolean {
    return this.shown >= this.timeMap.totalShownMs
  }

  private milestoneTimes(): number[] {
    const times = new Set<number>()
    for (const record of this.input.lanes()) {
      if (record !== undefined) for (const { timeNs } of this.milestonesOf(record).all()) times.add(timeNs)
    }
    return [...times].sort((a, b) => a - b)
  }

  private milestonesOf(record: RunRecord): Milestones {
    let found = this.milestones.get(record)
    if (found === undefined) this.milestones.set(record, (found = new Milestones(record)))
    return found
  }

  private stop(): void {
    this.until = undefined
    this.input.store.setState({ playing: false, untilNs: undefined })
  }

  private halt(): void {
    this.stop()
    this.report()
  }

  /** The last wish counts: one to pause elsewhere is forgotten. */
  private send(head: Playhead): void {
    this.input.wished?.()
    if (this.until !== undefined) {
      this.until = undefined
      this.input.store.setState({ untilNs: undefined })
    }
    this.goTo(head)
  }

  private goTo(head: Playhead): void {
    this.head = head
    this.lanesOfHead = this.input.lanes()
    this.shown = this.timeMap.toShown(head.timeNs)
    this.report()
  }

  private report(): void {
    this.sinceReportMs = 0
    const { timeNs } = this.head
    const totalShownMs = this.timeMap.totalShownMs
    const before = this.state
    if (before.timeNs === timeNs && before.shownMs === this.shown && before.totalShownMs === totalShownMs)
      return
    this.input.store.setState({ timeNs, shownMs: this.shown, totalShownMs })
  }
}
