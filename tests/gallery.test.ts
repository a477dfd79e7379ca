/** The built-in scenarios, run as the page runs them: everything ends well, and every stop is reached. */
import { describe, expect, it } from 'vitest'
import { createRun, kernelHas, KERNELS, type Scenario } from '../src/engine/index.ts'
import { DEV_NONE, EventKind, type QueueMode, type RunResult } from '../src/engine/log/index.ts'
import { GALLERY, resolveScenario, type Moment } from '../src/scenario/index.ts'
import { FIRST } from '../src/store/present.ts'

interface Ran {
  readonly result: RunResult
  /** "kind" and "kind device" -> how often. */
  readonly counts: ReadonlyMap<string, number>
}

function run(scenario: Scenario, mode: QueueMode, kernel: string): Ran {
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

function happens(moment: Moment, lanes: ReadonlyMap<QueueMode, Ran>): boolean {
  if (!('event' in moment)) return true
  const { event, nth = 1, device, mode } = moment
  const key = device === undefined ? String(EventKind[event]) : `${EventKind[event]} ${device}`
  return [...lanes].some(
    ([lane, ran]) => (mode === undefined || mode === lane) && (ran.counts.get(key) ?? 0) >= nth,
  )
}

/** The stories compare two lanes; kernels with one of the modes are in tests/eras. */
const KERNELS_OF_BOTH = [...KERNELS.values()].filter(({ modes }) => modes.length === 2)

describe.each(KERNELS_OF_BOTH)('on kernel $version', ({ version: kernel }) => {
  it.each(GALLERY)('$scenario ends well in its modes and reaches its stops', (file) => {
    const resolved = resolveScenario(file)
    if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems))
    const { scenario } = resolved
    const profile = KERNELS.get(kernel)!
    // the policy that the story of native multipath sets came with 5.1
    const modes = scenario.modes.filter(
      (mode) => kernelHas(profile, mode) && (mode !== 'native' || profile.ioPolicies.includes('round-robin')),
    )
    const lanes = new Map(modes.map((mode) => [mode, run(scenario, mode, kernel)]))
    const { ok, failed } = lanes.get('rq')!.result
    for (const [mode, { result }] of lanes)
      expect({ mode, ...result }).toMatchObject({ mode, failed, stuck: 0, ok })
    // only an error of the medium itself reaches the application in the gallery
    expect(failed > 0).toBe(file.devices.some((device) => 'medium_error' in device))
    expect(ok).toBeGreaterThan(0)
    const missed = (file.story.stops ?? []).filter(
      ({ at }) => !happens(at, lanes) && !('event' in at && at.mode !== undefined && !lanes.has(at.mode)),
    )
    expect(missed.map((stop) => stop.title)).toEqual([])
  })
})

it('begins with the scenario that a first visit opens', () => {
  expect(FIRST).toEqual({ kind: 'gallery', name: GALLERY[0]!.scenario })
})
