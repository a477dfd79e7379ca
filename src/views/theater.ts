/**
 * What happens in a frame: each lane goes to the event of the clock and is drawn if anything in it moves. Words and
 * figures follow some times a second. Plain objects only; React is not asked.
 *
 *     frame loop -> theater.frame -> LaneShow.goTo, draw -> canvas
 *                                 -> slow listeners (labels, sentence, scoreboard, transport), 8 times a second
 */
import type { FrameTime } from '../lib/frame-loop.ts'
import type { Painter } from '../stage/painter.ts'
import { MOTION_MS } from '../stage/motion/positions.ts'
import type { LaneShow } from '../stage/lane-show.ts'
import { StageState } from './stage/stage-state.ts'
import { holding, land } from './write-text.ts'

/** How the show stands, asked once a frame. */
export interface ShowClock {
  readonly playing: boolean
  readonly speed: number
  /** Simulated time. */
  timeNs(): number
  /** Last event of a lane that has happened. */
  indexOf(lane: number): number
}

export interface LaneStageHandle {
  readonly show: LaneShow
  readonly painter: (playing: boolean) => Painter | undefined
}

/** Words need not follow faster than this to feel live. */
const WORDS_EVERY_MS = 120
/** What is drawn from all events of a run is drawn anew no more often than this while they arrive. */
const ARRIVALS_EVERY_MS = 200

export class Theater {
  reducedMotion = false
  readonly stage: StageState = new StageState()
  private readonly clock: ShowClock
  private readonly lanes = new Map<number, LaneStageHandle>()
  private readonly listeners = new Set<(nowMs: number) => void>()
  /** Who is still to speak of the present round of words. */
  private speakers: ((nowMs: number) => void)[] = []
  private readonly arrivalListeners = new Set<() => void>()
  private readonly frameListeners = new Set<(nowMs: number) => void>()
  /** Milliseconds of the show's motion: runs with the pace while playing, with the wall while paused. */
  private motionMs = 0
  private lastWordsMs = -Infinity
  private wordsDue = true
  private wasPlaying = false
  /** A lane is new or has new events: whoever draws from lanes has not seen it. */
  private arrived = false
  private lastArrivalMs = -Infinity

  constructor(clock: ShowClock) {
    this.clock = clock
    this.stage.subscribe(() => this.redraw())
  }

  attach(lane: number, handle: LaneStageHandle): () => void {
    this.lanes.set(lane, handle)
    this.arrived = true
    this.lastArrivalMs = -Infinity
    return () => {
      if (this.lanes.get(lane) === handle) this.lanes.delete(lane)
    }
  }

  show(lane: number): LaneShow | undefined {
    return this.lanes.get(lane)?.show
  }

  get playing(): boolean {
    return this.clock.playing
  }

  /** Called every frame, for what glides with the clock: a playhead, a knob. Must write little and read nothing. */
  onFrame(listener: (nowMs: number) => void): () => void {
    this.frameListeners.add(listener)
    return () => this.frameListeners.delete(listener)
  }

  /** Called when events have arrived in a lane, some times a second. */
  onArrivals(listener: () => void): () => void {
    this.arrivalListeners.add(listener)
    return () => this.arrivalListeners.delete(listener)
  }

  /** Called some times a second while something changes; returns what ends it. */
  onWords(listener: (nowMs: number) => void): () => void {
    this.listeners.add(listener)
    this.wordsDue = true
    return () => this.listeners.delete(listener)
  }

  /** Somebody could not say anything yet: asks all again soon. */
  sayAgain(): void {
    this.wordsDue = true
  }

  /** Draws everything anew in the next frame, for example in another theme. */
  redraw(): void {
    for (const { show } of this.lanes.values()) show.invalidate()
    this.wordsDue = true
  }

  readonly frame = ({ nowMs, stepMs }: FrameTime): void => {
    const { playing, speed } = this.clock
    this.motionMs += stepMs * (playing ? Math.max(1, speed) : 1)
    const motion = this.reducedMotion ? 0 : MOTION_MS
    if (playing || this.wasPlaying) this.wordsDue = true
    this.wasPlaying = playing
    const shows = this.stage.showsGhosts() ? [...this.lanes.values()].map(({ show }) => show) : []
    for (const [lane, { show, painter }] of this.lanes) {
      if (show.readArrivals()) this.arrived = true
      const before = show.index
      show.timeNs = this.clock.timeNs()
      show.goTo(this.clock.indexOf(lane), this.motionMs, motion)
      if (show.index !== before) this.wordsDue = true
      const target = painter(playing)
      const other = shows.length < 2 ? undefined : shows[(shows.indexOf(show) + 1) % shows.length]
      const ghostMoves = other?.needsFrame(this.motionMs) === true
      if (target !== undefined && (ghostMoves || show.needsFrame(this.motionMs)))
        show.draw(target, this.motionMs, other)
    }
    if (this.arrived && nowMs - this.lastArrivalMs >= ARRIVALS_EVERY_MS) this.tellArrivals(nowMs)
    for (const listener of this.frameListeners) listener(nowMs)
    const roundEnded = this.speakers.length === 0
    if (this.wordsDue && roundEnded && nowMs - this.lastWordsMs >= WORDS_EVERY_MS) this.startWords(nowMs)
    this.sayWords(nowMs, stepMs)
  }

  private tellArrivals(nowMs: number): void {
    this.arrived = false
    this.lastArrivalMs = nowMs
    this.wordsDue = true
    for (const listener of this.arrivalListeners) listener()
  }

  private startWords(nowMs: number): void {
    this.wordsDue = false
    this.lastWordsMs = nowMs
    this.speakers = [...this.listeners]
  }

  /** While the show plays few speak per frame, so that none has to find all the words; they land when all have spoken. */
  private sayWords(nowMs: number, stepMs: number): void {
    const share = Math.ceil((this.listeners.size * stepMs) / WORDS_EVERY_MS)
    const speaking = this.clock.playing ? Math.max(1, share) : this.speakers.length
    const now = this.speakers.splice(0, speaking)
    if (now.length === 0) return
    holding(() => {
      for (const speaker of now) if (this.listeners.has(speaker)) speaker(nowMs)
    })
    if (this.speakers.length === 0) land()
  }
}
