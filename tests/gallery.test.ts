/** The built-in scenarios, run as the page runs them: everything ends well, and every stop is reached. */
import { describe, expect, it } from 'vitest'
import { createRun, KERNELS, type Scenario } from '../src/engine/index.ts'
import { DEV_NONE, EventKind, type RunResult } from '../src/engine/log/index.ts'
import { GALLERY, resolveScenario, type Moment } from '../src/scenario/index.ts'
import { FIRST } from '../src/store/present.ts'

interface Ran {
  readonly result: RunResult
  /** "kind" and "kind device" -> how often. */
  readonly counts: ReadonlyMap<string, number>
}

function run(scenario: Scenario, mode: 'bio' | 'rq', kernel: string): Ran {
  const counts = new Map<string, number>()
  const add = (key: string): void => {
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const running = createRun({ scenario, mode, kernel })
  for (let state = 'running'; state === 'running';) {
    state = running.advance(50_000)
    for (const chunk of running.takeChunks()) {
      for (let row = 0; row < chunk.count; row++) {
        const kind = chunk.kind[row]!
        const dev = chunk.dev[row]!
        add(String(kind))
        if (dev !== DEV_NONE) add(`${kind} ${running.header.devices[dev]?.name ?? ''}`)
      }
    }
  }
  return { result: running.result(), counts }
}

function happens(moment: Moment, lanes: Readonly<Record<'bio' | 'rq', Ran>>): boolean {
  if (!('event' in moment)) return true
  const { event, nth = 1, device, mode } = moment
  const key = device === undefined ? String(EventKind[event]) : `${EventKind[event]} ${device}`
  return (['bio', 'rq'] as const).some(
    (lane) => (mode === undefined || mode === lane) && (lanes[lane].counts.get(key) ?? 0) >= nth,
  )
}

/** The stories compare two lanes; kernels with one of the modes are in tests/eras. */
const KERNELS_OF_BOTH = [...KERNELS.values()].filter(({ modes }) => modes.length === 2)

describe.each(KERNELS_OF_BOTH)('on kernel $version', ({ version: kernel }) => {
  it.each(GALLERY)('$scenario ends well in both modes and reaches its stops', (file) => {
    const resolved = resolveScenario(file)
    if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems))
    const lanes = {
      bio: run(resolved.scenario, 'bio', kernel),
      rq: run(resolved.scenario, 'rq', kernel),
    }
    const { ok, failed } = lanes.rq.result
    expect(lanes.bio.result).toMatchObject({ failed, stuck: 0, ok })
    expect(lanes.rq.result.stuck).toBe(0)
    // only an error of the medium itself reaches the application in the gallery
    expect(failed > 0).toBe(file.devices.some((device) => 'medium_error' in device))
    expect(lanes.rq.result.ok).toBeGreaterThan(0)
    const missed = (file.story.stops ?? []).filter((stop) => !happens(stop.at, lanes))
    expect(missed.map((stop) => stop.title)).toEqual([])
  })
})

it('begins with the scenario that a first visit opens', () => {
  expect(FIRST).toEqual({ kind: 'gallery', name: GALLERY[0]!.scenario })
})
