/**
 * The map from simulated to shown time over all lanes, renewed while they log: whenever the log has doubled, when a lane
 * shows another record, and at the end. Between these the show has more than it can play.
 */
import type { RunRecord } from '../record/run-record.ts'
import { collectMoments, MomentCollector, type Moments } from '../record/story-moments.ts'
import { storyOf } from '../record/story-time.ts'
import { readableRatio, realTime, type TimeMap } from '../record/time-map.ts'
import type { Dilation } from '../scenario/index.ts'
import { timedDilations } from './dilations.ts'
import { allRunsOver, isOver, totalEvents } from './scenario-store.ts'
import type { LaneStatus, Pace } from './state.ts'

/** In real ratio, too, the show goes on a little after the end. */
const REAL_TAIL = 1.01

/** A collector has some 0.6 MB. */
const MAX_COLLECTED = 4

export interface ShowMapInput {
  readonly records: () => readonly (RunRecord | undefined)[]
  readonly status: () => readonly LaneStatus[]
  readonly pace: () => Pace
  readonly dilations: () => readonly Dilation[]
  readonly setMap: (map: TimeMap) => void
}

export class ShowMap {
  private readonly input: ShowMapInput
  private eventsInMap = 0
  /** Of what the lanes show now, and of what they showed before: back there an undo leads. The newest last. */
  private collected: { readonly records: readonly RunRecord[]; readonly moments: MomentCollector }[] = []

  constructor(input: ShowMapInput) {
    this.input = input
  }

  /** A lane shows another record: the map is another. */
  restart(): void {
    this.eventsInMap = 0
  }

  /** Some lane has logged more. It is read at once, so that no renewal has much to read. */
  grow(): void {
    const status = this.input.status()
    if (this.input.pace() === 'story') this.momentsUntil(this.shownRecords(), this.knownUntilNs())
    if (allRunsOver({ status }) || totalEvents({ status }) >= 2 * this.eventsInMap) this.renew()
  }

  renew(): void {
    const { input } = this
    this.eventsInMap = totalEvents({ status: input.status() })
    const records = this.shownRecords()
    if (input.pace() === 'real') {
      const endNs = Math.max(1000, this.knownUntilNs())
      input.setMap(realTime(endNs * REAL_TAIL, readableRatio(endNs)))
    } else input.setMap(this.storyMap(records))
  }

  /** The story is known as far as all lanes have logged; what one lane logged beyond may still get company. */
  private storyMap(records: readonly RunRecord[]): TimeMap {
    const over = allRunsOver({ status: this.input.status() })
    const untilNs = this.knownUntilNs()
    const moments = this.momentsUntil(records, over ? Infinity : untilNs) ?? collectMoments([])
    return storyOf(moments, over ? untilNs : 0, timedDilations(records, this.input.dilations()))
  }

  private shownRecords(): readonly RunRecord[] {
    return this.input.records().filter((record) => record !== undefined)
  }

  /** Undefined before every lane has begun: a collector is of all of them. */
  private momentsUntil(records: readonly RunRecord[], untilNs: number): Moments | undefined {
    if (!this.everyLaneBegan()) return undefined
    const { collected } = this
    const at = collected.findIndex((one) => isSame(one.records, records))
    const [own] = at < 0 ? [{ records, moments: new MomentCollector(records) }] : collected.splice(at, 1)
    this.collected = [...collected, own!].slice(-MAX_COLLECTED)
    return own!.moments.read(untilNs)
  }

  /** A lane that could not begin is not waited for. */
  private everyLaneBegan(): boolean {
    const status = this.input.status()
    return this.input
      .records()
      .every((record, lane) => record !== undefined || status[lane]?.kind === 'problem')
  }

  /** The end when all runs are over, else the time up to which no lane logs anything more. */
  knownUntilNs(): number {
    const status = this.input.status()
    const records = this.input.records()
    const ends = records.map((record) => record?.endNs ?? 0)
    if (allRunsOver({ status })) return Math.max(0, ...ends)
    const running = ends.filter((_, lane) => !(status[lane] !== undefined && isOver(status[lane])))
    return Math.min(...running)
  }
}

function isSame(a: readonly RunRecord[], b: readonly RunRecord[]): boolean {
  return a.length === b.length && a.every((record, i) => record === b[i])
}
