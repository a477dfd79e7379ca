/**
 * What becomes of deeds: as soon as the runs that hold a deed have come past it, whoever did it hears whether it was
 * refused, in which lanes, and in the words of the tool.
 */
import type { ActStep } from '../commands/index.ts'
import { simNs, type SimNs } from '../lib/brands.ts'
import type { RunRecord } from '../record/run-record.ts'
import type { Problem } from '../worker/protocol.ts'
import type { BranchStore } from './branch-store.ts'
import { actionsOf, type BranchId, branchOfLane } from './branches.ts'
import { begunNs, type DeedPlace, deedRefused } from './deed-events.ts'
import type { LaneRuns } from './lane-runs.ts'
import { isOver, type ScenarioStore } from './scenario-store.ts'
import type { LaneIndex } from './state.ts'

export interface Verdict {
  /** What the tool prints; with the lanes where not all say the same. Undefined where nothing was refused. */
  readonly refusal: string | undefined
  /** No lane can run with the deed. */
  readonly impossible: boolean
}

/** A lane as far as it has come. */
export interface LaneNow {
  readonly branch: BranchId
  /** Undefined until the run of its branch is what it shows. */
  readonly record: RunRecord | undefined
  readonly over: boolean
  readonly problem: Problem | undefined
}

export function lanesNow(
  scenario: ScenarioStore,
  branches: BranchStore,
  runs: Pick<LaneRuns, 'arrived' | 'records'>,
): LaneNow[] {
  const { lanes, status } = scenario.getState()
  return lanes.map(({ pin }, at) => {
    const own = status[at]
    const arrived = runs.arrived(at)
    return {
      branch: branchOfLane(branches.getState(), pin),
      record: arrived ? runs.records[at] : undefined,
      over: own !== undefined && isOver(own),
      problem: arrived && own?.kind === 'problem' ? own.problem : undefined,
    }
  })
}

export interface Deed {
  readonly branch: BranchId
  readonly atNs: number
  readonly steps: readonly ActStep[]
  /** Hears when it has begun in the lanes that run it: the latest of their times. Never where no lane runs it. */
  readonly begun: (timeNs: SimNs) => void
}

interface Case {
  readonly deed: Deed
  readonly place: DeedPlace
  begun: boolean
  readonly tell: (verdict: Verdict) => void
}

export class Verdicts {
  private readonly lanes: () => readonly LaneNow[]
  private readonly branches: BranchStore
  private cases: Case[] = []

  constructor(branches: BranchStore, lanes: () => readonly LaneNow[]) {
    this.branches = branches
    this.lanes = lanes
  }

  /** The verdict, when the lanes have come far enough; of no lane any more: nothing was refused. */
  of(deed: Deed): Promise<Verdict> {
    const { atNs, branch, steps } = deed
    const first = actionsOf(this.branches.getState(), branch).length - steps.length + 1
    const place = { atNs, first, count: steps.length }
    const verdict = new Promise<Verdict>((tell) => this.cases.push({ deed, place, begun: false, tell }))
    this.look()
    return verdict
  }

  /** The lanes have logged more, or run something else. */
  look(): void {
    const now = this.lanes()
    const decided = this.cases.flatMap((one) => {
      const lanes = concerned(one.deed, now)
      sayBegun(one, lanes)
      const verdict = verdictOn(one, lanes)
      return verdict === undefined ? [] : [{ one, verdict }]
    })
    if (decided.length === 0) return
    this.cases = this.cases.filter((one) => decided.every((done) => done.one !== one))
    for (const { one, verdict } of decided) one.tell(verdict)
  }
}

type Concerned = LaneNow & { readonly at: LaneIndex }

function concerned({ branch }: Deed, lanes: readonly LaneNow[]): Concerned[] {
  return lanes.map((lane, at) => ({ ...lane, at })).filter((lane) => lane.branch === branch)
}

function sayBegun(one: Case, lanes: readonly Concerned[]): void {
  if (one.begun) return
  const times = lanes.map(({ record }) => (record === undefined ? undefined : begunNs(record, one.place)))
  if (times.length === 0 || times.includes(undefined)) return
  one.begun = true
  one.deed.begun(simNs(Math.max(...times.map((ns) => ns ?? 0))))
}

function verdictOn({ deed, place }: Case, lanes: readonly Concerned[]): Verdict | undefined {
  const judged = lanes.map((lane) => textsOf(lane, deed, place))
  if (judged.includes(undefined)) return undefined
  const said = judged.map((texts = []) => [...new Set(texts)].join('\n'))
  const [first = ''] = said
  const parts = lanes.flatMap(({ at }, i) => (said[i] === '' ? [] : [`${laneName(at)}: ${said[i]!}`]))
  const refusal = said.every((text) => text === first) ? first : parts.join('\n')
  return {
    refusal: refusal === '' ? undefined : refusal,
    impossible: lanes.length > 0 && lanes.every(({ problem }) => problem?.kind === 'scenario'),
  }
}

/** What a lane refuses; undefined where it has not come far enough. */
function textsOf(
  { record, over, problem }: LaneNow,
  { steps }: Deed,
  place: DeedPlace,
): readonly string[] | undefined {
  if (problem?.kind === 'scenario') return [problemText(problem, steps)]
  if (record === undefined) return problem === undefined ? undefined : []
  return deedRefused(record, place, over)
}

function laneName(lane: LaneIndex): string {
  return `lane ${String.fromCharCode(65 + lane)}`
}

/** The engine looks at a table before it runs; dmsetup would hear of it from the kernel. */
function problemText(
  { where, what, remedy }: Extract<Problem, { readonly kind: 'scenario' }>,
  steps: readonly ActStep[],
): string {
  const place = where.replace(/^actions\[\d+\][.\w]*(?:, )?/, '')
  const sentence = `${place === '' ? '' : `${place}: `}${what}; ${remedy}.`
  if (!steps.some((step) => 'load' in step)) return sentence
  return `device-mapper: reload ioctl failed: Invalid argument\nCommand failed.\n(${sentence})`
}
