/**
 * B11 (s390, July 2022): a request larger than its paths may take fails two healthy paths within 0.04 ms, and again each
 * time a checker has reinstated them, every 5 s, for ever; the bio lane splits and finishes.
 * Reference: history-and-claims B11, A8. Nothing is fitted; the request is 1 MiB against a limit of 64 KiB that was
 * lowered after the table was loaded, and the checker is a task that reinstates both paths every 5 s.
 */
import { afterAll, describe, expect, it } from 'vitest'
import { createRun } from '../../src/engine/index.ts'
import { EventKind } from '../../src/engine/log/index.ts'
import type { ScenarioFile } from '../../src/scenario/index.ts'
import { scenarioFrom } from '../support/run-and-count.ts'
import { printed } from './measure.ts'

const ROUNDS = 4
const device = { driver: 'scsi_debug', completion: { kind: 'timer', ns: 1_000_000 } } as const
const reinstate = [
  { sleep_ns: 5e9 },
  { message: 'reinstate_path 8:0' },
  { message: 'reinstate_path 8:16' },
] as const
const file: ScenarioFile = {
  devices: [device, device],
  dm: {
    table:
      '0 294912 multipath 3 queue_if_no_path queue_mode {mode} 0 1 1 service-time 0 2 2 8:0 1 1 8:16 1 1',
  },
  setup: ['sda', 'sdb'].map((name) => ({ sysfs: `/sys/block/${name}/queue/max_sectors_kb`, value: 64 })),
  tasks: [
    {
      name: 'main',
      do: [{ start: 'checker' }, { io: 'batch', op: 'W', offset: 0, length: 1_048_576 }, { io: 'wait' }],
    },
    { name: 'checker', do: Array.from({ length: ROUNDS }, () => reinstate).flat() },
  ],
  shell_step_ns: 0,
}

/** When the last path went and when the first came back, and what reached the paths. */
function run(mode: 'bio' | 'rq'): {
  askedNs: number
  downNs: number[]
  upNs: number[]
  failures: number
  issued: number
  ok: number
} {
  const simulation = createRun({ scenario: scenarioFrom(file), mode })
  const found = { askedNs: -1, downNs: [] as number[], upNs: [] as number[], failures: 0, issued: 0, ok: 0 }
  for (let state = 'running'; state === 'running';) {
    state = simulation.advance(50_000)
    for (const chunk of simulation.takeChunks()) {
      for (let row = 0; row < chunk.count; row++) {
        const [kind, valid, timeNs] = [chunk.kind[row]!, chunk.object[row]!, chunk.timeNs[row]!]
        if (kind === EventKind.rq_issue && found.askedNs < 0) found.askedNs = timeNs
        if (kind === EventKind.fail_path) found.failures++
        if (kind === EventKind.fail_path && valid === 0) found.downNs.push(timeNs)
        if (kind === EventKind.reinstate_path && valid === 1) found.upNs.push(timeNs)
        if (kind === EventKind.rq_issue && chunk.dev[row] !== 0) found.issued++
      }
    }
  }
  return { ...found, ok: simulation.result().ok }
}

describe('B11, a request over the limit of its paths', () => {
  const request = run('rq')
  const bio = run('bio')
  // the checker brings the paths back one after the other, and each is failed again at once: one tooth of the saw
  const teeth = request.downNs.filter((timeNs, i) => i === 0 || timeNs - request.downNs[i - 1]! > 1e9)
  const periods = teeth.slice(1).map((timeNs, i) => (timeNs - teeth[i]!) / 1e9)

  it('fails both paths at once in the request lane, and again after every reinstatement', () => {
    expect(teeth).toHaveLength(ROUNDS + 1)
    expect(request.failures).toBe(2 * (ROUNDS + 1))
    expect(request.downNs[0]! - request.askedNs).toBeLessThan(40_000)
    for (const seconds of periods) expect(seconds).toBeCloseTo(5, 1)
    expect(request).toMatchObject({ issued: 0, ok: 0 })
  })

  it('is split and done in the bio lane', () => {
    expect(bio).toMatchObject({ failures: 0, ok: 1, issued: 16 })
  })

  afterAll(() => {
    const rows = [
      ['', 'published', 'request lane', 'bio lane'],
      ['all paths down', 'again and again', `${teeth.length} times`, `${bio.downNs.length} times`],
      ['period', '5.0 s', `${(periods[0] ?? 0).toFixed(2)} s`, '-'],
      ['commands that reach a path', '0', String(request.issued), String(bio.issued)],
      ['I/Os that end well', '0', String(request.ok), String(bio.ok)],
    ]
    console.log(printed('B11: one oversize request', rows))
  })
})
