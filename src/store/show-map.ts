/**
 * The map from simulated to shown time over all lanes, renewed while they log: whenever the log has doubled, when a lane
 * shows another record, and at the end. Between these the show has more than it can play.
 */
import type { RunRecord } from '../record/run-record.ts'
import { collectMoments, MomentCollector } from '../record/story-moments.ts'
import { storyOf } from '../record/story-time.ts'
import { readableRatio, realTime, type TimeMap } from '../record/time-map.ts'
import type { Dilation } from '../scenario/index.ts'
import { timedDilations } from './dilations.ts'
import { allRunsOver, isOver, totalEvents } from './scenario-store.ts'
import type { LaneStatus, Pace } from './state.ts'

/** In real ratio, too, the show goes on a little after the end. */
const REAL_TAIL = 1.01

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
  /** Of the records as they are now; begun anew when a lane shows another one. */
  private moments: MomentCollector | undefined

  constructor(input: ShowMapInput) {
    this.input = input
  }

  /** A lane shows another record, so nothing that was collected holds any more. */
  restart(): void {
    this.moments = undefined
    this.eventsInMap = 0
  }

  /** Some lane has logged more. */
  grow(): void {
    const status = this.input.status()
    if (allRunsOver({ status }) || totalEvents({ status }) >= 2 * this.eventsInMap) this.renew()
  }

  renew(): void {
    const { input } = this
    this.eventsInMap = totalEvents({ status: input.status() })
    const records = input.records().filter((record) => record !== undefined)
    if (input.pace() === 'real') {
      const endNs = Math.max(1000, this.knownUntilNs())
      input.setMap(realTime(endNs * REAL_TAIL, readableRatio(endNs)))
    } else input.setMap(this.storyMap(records))
  }

  /** The story is known as far as all lanes have logged; what one lane logged beyond may still get company. */
  private storyMap(records: readonly RunRecord[]): TimeMap {
    const over = allRunsOver({ status: this.input.status() })
    this.moments ??= this.everyLaneBegan() ? new MomentCollector(records) : undefined
    const untilNs = this.knownUntilNs()
    const moments = this.moments?.read(over ? Infinity : untilNs) ?? collectMoments([])
    return storyOf(moments, over ? untilNs : 0, timedDilations(records, this.input.dilations()))
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
