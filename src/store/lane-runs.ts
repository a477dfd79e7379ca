/**
 * What runs in each lane. A lane whose setup changes goes on showing its old record until the new run has come to where
 * the reader is: nothing flashes empty, and up to the change both say the same.
 */
import { RunRecord } from '../record/run-record.ts'
import type { RunListener } from '../worker/client.ts'
import type { RunNumber, RunSetup } from '../worker/protocol.ts'
import { RunCache } from './run-cache.ts'
import { isOver } from './scenario-store.ts'
import type { LaneIndex, LaneStatus } from './state.ts'

/** What is needed of the worker's client. */
export interface Runner {
  load(setup: RunSetup, listener: RunListener): RunNumber
  stop(run: RunNumber): void
}

export interface LaneRunsInput {
  readonly runner: Runner
  readonly report: (lane: LaneIndex, status: LaneStatus) => void
  /** Simulated time that a new record must have reached to take the place of an old one. */
  readonly neededNs: () => number
  /** A lane shows another record, or its record has grown. */
  readonly heard: (lane: LaneIndex, what: 'replaced' | 'grown') => void
}

/** One run of a lane, its record growing. */
interface Take {
  readonly key: string
  run: RunNumber | undefined
  record: RunRecord | undefined
  status: LaneStatus
}

interface Lane {
  shown: Take | undefined
  /** Comes to take the place of what is shown. */
  coming: Take | undefined
}

const LOADING: LaneStatus = { kind: 'loading' }

export class LaneRuns {
  private readonly input: LaneRunsInput
  private readonly cache = new RunCache()
  private lanes: Lane[] = []

  constructor(input: LaneRunsInput) {
    this.input = input
  }

  get records(): readonly (RunRecord | undefined)[] {
    return this.lanes.map(({ shown }) => shown?.record)
  }

  /** A lane shows the run that it is to show, no old record in its place. */
  arrived(at: LaneIndex): boolean {
    const lane = this.lanes[at]
    return lane?.shown !== undefined && lane.coming === undefined
  }

  /** Everything anew: nothing of the old lanes stays. */
  restart(setups: readonly RunSetup[]): void {
    for (const lane of this.lanes) this.drop(lane)
    this.cache.clear()
    this.lanes = setups.map(() => ({ shown: undefined, coming: undefined }))
    setups.forEach((setup, lane) => this.begin(lane, setup))
  }

  /** Lanes run what they shall run; those that do so already are left alone, wherever they stood before. */
  follow(setups: readonly RunSetup[]): void {
    const before = [...this.lanes]
    const left = new Set(before)
    const matched = setups.map((setup, at) => {
      const key = keyOf(setup)
      const here = before[at]
      if (here !== undefined && left.has(here) && aimOf(here)?.key === key) return claim(left, here)
      const moved = before.find((lane) => left.has(lane) && aimOf(lane)?.key === key)
      return moved === undefined ? undefined : claim(left, moved)
    })
    this.lanes = matched.map((lane, at) => {
      const here = before[at]
      return lane ?? (here !== undefined && left.has(here) ? claim(left, here) : emptyLane())
    })
    for (const lane of left) this.drop(lane)
    setups.forEach((setup, at) => {
      if (matched[at] === undefined) this.begin(at, setup)
      else this.input.report(at, aimOf(this.lanes[at]!)!.status)
      if (before[at] !== this.lanes[at]) this.input.heard(at, 'replaced')
    })
  }

  /** Ends the computing of a lane; what was recorded stays. */
  cancel(at: LaneIndex): void {
    const lane = this.lanes[at]
    const take = lane === undefined ? undefined : aimOf(lane)
    if (lane === undefined || take?.run === undefined || isOver(take.status)) return
    this.input.runner.stop(take.run)
    this.tell(lane, take, { kind: 'stopped', ...lengthOf(take) })
  }

  private begin(at: LaneIndex, setup: RunSetup): void {
    const lane = this.lanes[at]!
    const key = keyOf(setup)
    this.halt(lane.coming)
    lane.coming = undefined
    if (lane.shown?.key === key && lane.shown.status.kind === 'ended') {
      this.input.report(at, lane.shown.status)
      return
    }
    this.halt(lane.shown)
    const expectedEndNs = lane.shown?.record?.result?.endNs
    const kept = this.cache.take(key)
    const take: Take = { key, run: undefined, record: kept, status: LOADING }
    lane.coming = take
    if (kept?.result !== undefined) {
      this.tell(lane, take, { kind: 'ended', ...lengthOf(take), result: kept.result })
      return
    }
    this.input.report(at, LOADING)
    take.run = this.input.runner.load(setup, this.listenerOf(lane, take, expectedEndNs))
  }

  private listenerOf(lane: Lane, take: Take, expectedEndNs: number | undefined): RunListener {
    const expected = expectedEndNs === undefined ? {} : { expectedEndNs }
    return {
      header: (header) => {
        take.record = new RunRecord(header)
        this.tell(lane, take, { kind: 'running', events: 0, endNs: 0, ...expected })
      },
      batch: (chunks, additions) => {
        take.record?.append(chunks, additions)
        this.tell(lane, take, { kind: 'running', ...lengthOf(take), ...expected })
      },
      ended: (result) => {
        if (take.record !== undefined) take.record.result = result
        this.tell(lane, take, { kind: 'ended', ...lengthOf(take), result })
      },
      problem: (problem) => this.tell(lane, take, { kind: 'problem', ...lengthOf(take), problem }),
    }
  }

  private tell(lane: Lane, take: Take, status: LaneStatus): void {
    take.status = status
    const at = this.lanes.indexOf(lane)
    if (at < 0 || aimOf(lane) !== take) return
    const replaces = lane.coming === take && this.mayShow(lane, take)
    if (replaces) {
      this.keep(lane.shown)
      lane.shown = take
      lane.coming = undefined
    }
    this.input.report(at, status)
    if (lane.shown === take) this.input.heard(at, replaces ? 'replaced' : 'grown')
  }

  private mayShow({ shown }: Lane, { record, status }: Take): boolean {
    if (shown?.record === undefined || isOver(status)) return true
    return record !== undefined && record.eventCount > 0 && record.endNs > this.input.neededNs()
  }

  private drop(lane: Lane): void {
    for (const take of [lane.shown, lane.coming]) {
      this.halt(take)
      this.keep(take)
    }
  }

  private halt(take: Take | undefined): void {
    if (take?.run !== undefined) this.input.runner.stop(take.run)
  }

  private keep(take: Take | undefined): void {
    if (take?.record?.result !== undefined) this.cache.keep(take.key, take.record)
  }
}

function emptyLane(): Lane {
  return { shown: undefined, coming: undefined }
}

/** What a lane runs, or will show when it has come far enough. */
function aimOf({ shown, coming }: Lane): Take | undefined {
  return coming ?? shown
}

function claim(left: Set<Lane>, lane: Lane): Lane {
  left.delete(lane)
  return lane
}

function keyOf(setup: RunSetup): string {
  return JSON.stringify(setup)
}

function lengthOf({ record }: Take): { events: number; endNs: number } {
  return { events: record?.eventCount ?? 0, endNs: record?.endNs ?? 0 }
}
