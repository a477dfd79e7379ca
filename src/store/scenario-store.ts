/** Which scenario runs in which lanes, and how far each has come. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { LaneIndex, LaneSetup, LaneStatus, ScenarioState } from './state.ts'

export const MAX_LANES = 3

export type OpenedScenario = Pick<ScenarioState, 'source' | 'title' | 'about' | 'lanes'>

export interface ScenarioActions {
  /** Another scenario, or the same in other lanes; every lane starts anew. */
  readonly open: (opened: OpenedScenario) => void
  readonly setLane: (lane: LaneIndex, change: Partial<LaneSetup>) => void
  /** All lanes at once; those that run the same as before go on. */
  readonly setLanes: (lanes: readonly LaneSetup[]) => void
  readonly addLane: (setup: LaneSetup) => void
  readonly removeLane: (lane: LaneIndex) => void
  readonly report: (lane: LaneIndex, status: LaneStatus) => void
  readonly notify: (notice: string | undefined) => void
}

export type ScenarioStore = StoreApi<ScenarioState & ScenarioActions>

const LOADING: LaneStatus = { kind: 'loading' }

export function createScenarioStore(initial: OpenedScenario): ScenarioStore {
  return createStore((set) => ({
    ...initial,
    status: initial.lanes.map(() => LOADING),
    notice: undefined,
    gallery: [],
    open: (opened) => set({ ...opened, status: opened.lanes.map(() => LOADING) }),
    setLane: (lane, change) =>
      set(({ lanes, status }) => ({
        lanes: lanes.map((setup, i) => (i === lane ? { ...setup, ...change } : setup)),
        status: status.map((old, i) => (i === lane ? LOADING : old)),
      })),
    setLanes: (lanes) =>
      set(({ status }) => ({
        lanes: lanes.slice(0, MAX_LANES),
        status: lanes.slice(0, MAX_LANES).map((_, i) => status[i] ?? LOADING),
      })),
    addLane: (setup) =>
      set(({ lanes, status }) =>
        lanes.length >= MAX_LANES ? {} : { lanes: [...lanes, setup], status: [...status, LOADING] },
      ),
    removeLane: (lane) =>
      set(({ lanes, status }) =>
        lanes.length <= 1
          ? {}
          : { lanes: lanes.filter((_, i) => i !== lane), status: status.filter((_, i) => i !== lane) },
      ),
    report: (lane, status) =>
      set(({ status: all }) => ({ status: all.map((old, i) => (i === lane ? status : old)) })),
    notify: (notice) => set({ notice }),
  }))
}

/** True when no lane will log anything more; not before there are lanes. */
export function allRunsOver({ status }: Pick<ScenarioState, 'status'>): boolean {
  return status.length > 0 && status.every(isOver)
}

/** True for a lane that will log nothing more. */
export function isOver({ kind }: LaneStatus): boolean {
  return kind === 'ended' || kind === 'problem' || kind === 'stopped'
}

export function totalEvents({ status }: Pick<ScenarioState, 'status'>): number {
  return status.reduce((sum, lane) => sum + (lane.kind === 'loading' ? 0 : lane.events), 0)
}

/** The first problem of a lane as one sentence. */
export function firstProblem({ status }: Pick<ScenarioState, 'status'>): string | undefined {
  for (const lane of status) {
    if (lane.kind !== 'problem') continue
    const { problem } = lane
    if (problem.kind === 'broken') return `The engine broke one of its own rules: ${problem.what}.`
    return `${problem.where}: ${problem.what}; ${problem.remedy}.`
  }
  return undefined
}

/** How much of a run is done, 0 to 1; undefined where nobody knows how long it will be. */
export function shareDone(lane: LaneStatus): number | undefined {
  if (isOver(lane)) return 1
  if (lane.kind !== 'running' || lane.expectedEndNs === undefined) return undefined
  return Math.min(1, lane.endNs / Math.max(1, lane.expectedEndNs))
}
