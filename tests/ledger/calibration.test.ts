/**
 * The ledger beside costs.json: CPU nanoseconds per I/O of fio over null_blk, raw, under dm-linear and under multipath in
 * both modes (6.12.95, icount: one CPU that never idles, so its time per I/O is what the ledger must add up to).
 *
 * Calibrated on: one path at irqmode 0 (raw, linear, bio, rq) of rr4k, raw, bio, rq and bio over four paths of sw4kb16,
 * raw of sr128k, raw of rr4k at irqmode 2 (figures.ts). Checked on everything else, nothing tuned to it.
 */
import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import type { FioJob } from '../../src/engine/index.ts'
import { CALIBRATION, COST_TABLE, OBJECT_SIZES, type QueueMode } from '../../src/engine/log/index.ts'
import { ledgerOf } from '../../src/record/ledger/ledger.ts'
import { printed } from '../experiments/measure.ts'
import { scenarioFrom } from '../support/run-and-count.ts'
import { recordOf } from './record-of.ts'

const KIB = 1024
const SECTORS = 4_194_304
const IOS = 2048

interface Measured {
  readonly wallNsPerIo: number
  readonly relative: number
  readonly relativeRange: readonly [number, number]
}
type Irq = 'irqmode=0' | 'irqmode=2'
interface CostsFile {
  readonly runs: { readonly icount: Readonly<Record<string, Record<string, Record<string, Measured>>>> }
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../kernel-traces/${name}`, import.meta.url), 'utf8'))
const costs = read('costs.json') as CostsFile

const JOBS: Readonly<Record<string, FioJob>> = {
  rr4k: { rw: 'randread', bs: 4 * KIB, iodepth: 32, size: IOS * 4 * KIB },
  sw4kb16: {
    ...{ rw: 'write', bs: 4 * KIB, iodepth: 16, iodepth_batch: 16, iodepth_batch_complete: 16 },
    size: IOS * 4 * KIB,
  },
  sr128k: { rw: 'read', bs: 128 * KIB, iodepth: 32, size: (IOS / 8) * 128 * KIB },
}

const QUEUE = { scheduler: 'none', max_sectors_kb: 127, max_sectors: 255, max_segments: 128 }
/** What was measured, and as what a run of ours has it: selector and number of paths. */
const DEVICES: Readonly<
  Record<string, { mode: QueueMode; paths: number; selector?: string; linear?: true }>
> = {
  nullb0: { mode: 'single', paths: 1 },
  lin: { mode: 'single', paths: 1, linear: true },
  mpbio1: { mode: 'bio', paths: 1 },
  mprq1: { mode: 'rq', paths: 1 },
  mpbio4: { mode: 'bio', paths: 4 },
  mprq4: { mode: 'rq', paths: 4 },
  stbio4: { mode: 'bio', paths: 4, selector: 'service-time' },
  strq4: { mode: 'rq', paths: 4, selector: 'service-time' },
}

function simulatedNs(irq: Irq, job: string, device: string): number {
  const { mode, paths, selector = 'round-robin', linear } = DEVICES[device]!
  const words = Array.from(
    { length: paths },
    (_, at) => `252:${at}${selector === 'service-time' ? ' 1 1' : ' 1'}`,
  )
  const perPath = selector === 'service-time' ? 2 : 1
  const scenario = scenarioFrom({
    cpus: 1,
    modes: [mode],
    devices: Array.from({ length: paths }, () => ({
      driver: 'null_blk' as const,
      sectors: SECTORS,
      queue_depth: 64,
      queue: QUEUE,
      completion:
        irq === 'irqmode=0' ? { kind: 'immediate' as const } : { kind: 'timer' as const, ns: 10_000 },
    })),
    dm: {
      sectors: SECTORS,
      table: `0 ${SECTORS} multipath 2 queue_mode {mode} 0 1 1 ${selector} 0 ${paths} ${perPath} ${words.join(' ')}`,
    },
    setup: mode === 'rq' ? [{ sysfs: '/sys/block/dm-0/queue/scheduler', value: 'none' }] : [],
    tasks: [{ name: 'main', cpu: 0, do: [{ fio: JOBS[job]! }] }],
  })
  const volume = { name: 'lin', dev: '253:1', table: [`0 ${SECTORS} linear 252:0 0`] }
  const record = recordOf(linear ? { ...scenario, stack: [volume], io_on: 'lin' } : scenario, mode)
  const ledger = ledgerOf(record, -1, record.eventCount - 1)
  return ledger.cpuNs / ledger.iosBegun
}

const rows = (['irqmode=0', 'irqmode=2'] as const).flatMap((irq) =>
  Object.keys(JOBS).flatMap((job) => {
    const raw = simulatedNs(irq, job, 'nullb0')
    return Object.keys(DEVICES).map((device) => {
      const measured = costs.runs.icount[irq]![job]![device]!
      const ns = simulatedNs(irq, job, device)
      return { irq, job, device, measured, ns, relative: ns / raw }
    })
  }),
)
const keyOf = ({ irq, job, device }: (typeof rows)[number]): string => `${irq} ${job} ${device}`
const calibratedOn = new Set(
  Object.values(CALIBRATION).flatMap(({ key }) => /^runs icount (\S+ \S+ \S+)/.exec(key)?.[1] ?? []),
)
const calibrated = rows.filter((row) => calibratedOn.has(keyOf(row)))
const checked = rows.filter((row) => !calibratedOn.has(keyOf(row)))

it('is calibrated on what it says, and most is left for checking', () => {
  expect(calibrated).toHaveLength(calibratedOn.size)
  expect(checked.length).toBeGreaterThan(3 * calibrated.length)
})

describe('calibrated on: within 2.5 % of the measured time per I/O', () => {
  it.each(calibrated)('$irq $job $device', ({ measured, ns }) => {
    expect(ns / measured.wallNsPerIo).toBeGreaterThan(0.975)
    expect(ns / measured.wallNsPerIo).toBeLessThan(1.025)
  })
})

describe('checked: relative to raw within 12 %, or where the rounds of the measurement lie', () => {
  it.each(checked)('$irq $job $device', ({ measured, relative }) => {
    const [low, high] = measured.relativeRange
    expect(relative).toBeGreaterThan(Math.min(0.88 * measured.relative, low))
    expect(relative).toBeLessThan(Math.max(1.12 * measured.relative, high))
  })
})

describe('the table of figures', () => {
  const at = (file: unknown, key: string): unknown => {
    let place = file
    let rest = key
    while (rest !== '') {
      const keys = Object.keys(place as object)
      const found = keys.find((name) => rest === name || rest.startsWith(`${name} `))
      if (found === undefined) throw new Error(`${key}: nothing at "${rest}"`)
      place = (place as Record<string, unknown>)[found]
      rest = rest.slice(found.length + 1)
    }
    return place
  }
  const inCosts = Object.entries(CALIBRATION).filter(([, { file }]) => file === 'costs.json')

  it.each(inCosts)('%s is what costs.json says', (_, { key, value }) => {
    expect(at(costs, key)).toBe(value)
  })

  const structs = read('structs.json')
  it.each(OBJECT_SIZES.flatMap(({ what, source }) => ('key' in source ? [{ what, source }] : [])))(
    '$what is what structs.json says',
    ({ source }) => {
      expect(at(structs, source.key)).toBe(source.value)
    },
  )

  it('names a source and a rule for every step', () => {
    for (const { source, ns } of COST_TABLE) {
      expect(source.rule.length).toBeGreaterThan(10)
      expect(Number.isInteger(ns) && ns > 0).toBe(true)
      if (source.kind !== 'assumption') expect(source.from.length).toBeGreaterThan(0)
    }
  })
})

afterAll(() => {
  const lines = rows.map((row) => [
    ...[row.irq, row.job, row.device, (row.measured.wallNsPerIo / 1000).toFixed(2)],
    ...[(row.ns / 1000).toFixed(2), row.measured.relative, row.relative],
    calibratedOn.has(keyOf(row)) ? 'calibrated on' : '',
  ])
  const heading = ['', 'job', 'device', 'measured us', 'simulated us', 'to raw', 'to raw', '']
  console.log(printed('CPU time per I/O (6.12.95, icount) beside the ledger', [heading, ...lines]))
})
