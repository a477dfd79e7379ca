/**
 * Compares a simulated trace with a real one at the level that the real kernel itself repeats. Our own statement of the
 * rule of tests/kernel-traces; referee.test.ts holds it to the referee that came with the data.
 */
import type { Expectation, Level } from './expectation.ts'
import { tally } from './tally.ts'
import { oneSpace, readTrace, spell, type FinalState, type Trace, type TraceEvent } from './trace.ts'

export interface Verdict {
  readonly pass: boolean
  readonly level: Expectation['level']
  /** First differences, as sentences. */
  readonly differences: readonly string[]
}

export interface CompareOptions {
  /** All of the final state must be stated. */
  readonly requireState?: boolean
  /** Another level than the expectation's. */
  readonly level?: Level
}

export function compare(
  realText: string,
  simulatedText: string,
  expected: Expectation,
  { requireState = false, level: asked }: CompareOptions = {},
): Verdict {
  const level = asked ?? expected.level
  if (level === 'unjudged') return { pass: true, level, differences: [] }
  const simulated = readTrace(simulatedText)
  const real = judgedEvents(readTrace(realText), expected)
  const mine = judgedEvents(simulated, expected)
  const differences = [
    ...byLevel[level](real, mine, expected),
    ...simulated.unreadable.map((line) => `a line of a block event that cannot be read: ${line}`),
    ...stateDifferences(simulated.state, expected, requireState),
  ]
  return { pass: differences.length === 0, level, differences }
}

/** Data events of the scenario's devices; a path's commands without data (TEST UNIT READY ...) are not data. */
export function judgedEvents(trace: Trace, expected: Expectation): TraceEvent[] {
  const ignored = new Set(expected.ignore)
  return trace.events.filter((event) => {
    const isCommand = event.rwbs.startsWith('N') && event.size === '0' && event.dev !== expected.dm
    return expected.devices.includes(event.dev) && !isCommand && !ignored.has(`${event.name} ${event.dev}`)
  })
}

type Judge = (real: readonly TraceEvent[], mine: readonly TraceEvent[], expected: Expectation) => string[]

const byLevel: Readonly<Record<Level, Judge>> = {
  strict: (real, mine) => firstDifference('all devices', real, mine),
  order: (real, mine) => {
    const theirs = streams(real)
    const ours = streams(mine)
    return [...new Set([...theirs.keys(), ...ours.keys()])].flatMap((stream) =>
      firstDifference(stream, theirs.get(stream) ?? [], ours.get(stream) ?? []),
    )
  },
  set: (real, mine) => differentCounts(countBy(real, spell), countBy(mine, spell)),
  counts: (real, mine, expected) => [
    ...differentCounts(countBy(real, kindOnDevice), countBy(mine, kindOnDevice)),
    ...exactSets(real, mine, expected),
  ],
  ranges: (real, mine, expected) => [
    ...outOfRange(mine, expected),
    ...unequal(mine, expected),
    ...exactSets(real, mine, expected),
  ],
}

const kindOnDevice = (event: TraceEvent): string => `${event.name} ${event.dev}`

/** Per device: the way down, the way back, and the 0-sector completions that end a request. */
function streams(events: readonly TraceEvent[]): Map<string, TraceEvent[]> {
  const found = new Map<string, TraceEvent[]>()
  for (const event of events) {
    const key = `${event.dev} ${directionOf(event)}`
    const stream = found.get(key)
    if (stream === undefined) found.set(key, [event])
    else stream.push(event)
  }
  return found
}

function directionOf({ name, size }: TraceEvent): 'down' | 'back' | 'end' {
  if (name === 'block_rq_complete') return size === '0' ? 'end' : 'back'
  return name === 'block_bio_complete' || name === 'block_rq_error' ? 'back' : 'down'
}

function firstDifference(where: string, real: readonly TraceEvent[], mine: readonly TraceEvent[]): string[] {
  for (let index = 0; index < Math.max(real.length, mine.length); index++) {
    const theirs = real[index] === undefined ? 'the end' : spell(real[index]!)
    const ours = mine[index] === undefined ? 'the end' : spell(mine[index]!)
    if (theirs !== ours)
      return [`${where}, event ${index + 1} of ${real.length}: expected ${theirs}, simulated ${ours}`]
  }
  return []
}

function countBy<T>(list: readonly T[], key: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const item of list) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1)
  return counts
}

function differentCounts(real: ReadonlyMap<string, number>, mine: ReadonlyMap<string, number>): string[] {
  return [...new Set([...real.keys(), ...mine.keys()])]
    .filter((key) => (real.get(key) ?? 0) !== (mine.get(key) ?? 0))
    .map((key) => `${key}: expected ${real.get(key) ?? 0}, simulated ${mine.get(key) ?? 0}`)
}

function outOfRange(mine: readonly TraceEvent[], { ranges, dm }: Expectation): string[] {
  if (ranges === undefined) return ['the expectation has no ranges']
  const value = tally(mine, dm)
  return [...new Set([...Object.keys(ranges), ...mine.map(kindOnDevice)])].flatMap((key) => {
    const [least, most] = ranges[key] ?? [0, 0]
    const count = value(key)
    return count >= least && count <= most ? [] : [`${key}: expected ${least} to ${most}, simulated ${count}`]
  })
}

function unequal(mine: readonly TraceEvent[], { equal = [], dm }: Expectation): string[] {
  const value = tally(mine, dm)
  return equal
    .filter((keys) => new Set(keys.map(value)).size > 1)
    .map((keys) => `${keys.join(' = ')}: expected equal, simulated ${keys.map(value).join(' and ')}`)
}

/** Groups that must agree event by event, as a set, even where the rest need not. */
function exactSets(
  real: readonly TraceEvent[],
  mine: readonly TraceEvent[],
  expected: Expectation,
): string[] {
  return (expected.exact_sets ?? []).flatMap((group) => {
    const [name = '', dev = ''] = group.split(' ')
    const members = (events: readonly TraceEvent[]): Map<string, number> =>
      dev === 'paths'
        ? countBy(
            events.filter((event) => event.name === name && event.dev !== expected.dm),
            (event) => spell(event, 'any path', false),
          )
        : countBy(
            events.filter((event) => event.name === name && event.dev === dev),
            (event) => spell(event),
          )
    return differentCounts(members(real), members(mine))
  })
}

function stateDifferences(state: FinalState, expected: Expectation, required: boolean): string[] {
  const { final, app } = expected
  const differences: string[] = []
  const same = (what: string, want: string | number | undefined, is: string | number | undefined): void => {
    if (want === undefined || want === is || (is === undefined && !required)) return
    differences.push(`${what}: expected ${want}, simulated ${is ?? 'nothing'}`)
  }
  same('status', oneSpace(final?.status ?? undefined), state.status)
  same('table', oneSpace(final?.table ?? undefined), state.table)
  if (app?.exact === true) {
    same('I/Os that succeeded', app.ok, state.ok)
    same('I/Os that failed', app.failed, state.failed)
    if (app.failed_ios !== undefined && state.failed !== undefined)
      differences.push(...differentCounts(countBy(app.failed_ios, String), countBy(state.failedIos, String)))
  } else if (app !== undefined && state.ok !== undefined && state.failed !== undefined) {
    if (!within(app.ok_range, state.ok) || !within(app.failed_range, state.failed))
      differences.push(`I/Os: simulated ${state.ok} ok and ${state.failed} failed, which is out of range`)
  }
  return differences
}

function within(range: readonly [number, number] | undefined, value: number): boolean {
  return range !== undefined && value >= range[0] && value <= range[1]
}
