/** mptest's matrix: every cell that mptest runs passes; with queue_if_no_path off, test_03 must not. */
import { afterAll, describe, expect, it } from 'vitest'
import { BlkStatus } from '../../src/engine/log/index.ts'
import { runAndCount, type Counted } from '../support/run-and-count.ts'
import { BACKENDS, type Cell, cellScenario, CELLS, modeOf, QUEUE_MODES, skipped, TESTS } from './matrix.ts'

const run = CELLS.filter((cell) => skipped(cell) === undefined)
const ran = new Map<string, Counted>()
const nameOf = (cell: Cell): string => `${cell.test} ${cell.backend} ${cell.mode}`

/** Writes and reads of fio in the time it ran. */
function iosOf({ result }: Counted): number {
  const [job] = result.jobs ?? []
  return (job?.writeIos ?? 0) + (job?.verify?.checkedIos ?? 0)
}

/** mptest's own criterion: fio ended well, no error reached it, every write is what is on the media. */
function passes({ result }: Counted): boolean {
  const job = result.jobs?.[0]
  const { verify } = job ?? {}
  return (
    job?.status === BlkStatus.OK &&
    verify !== undefined &&
    verify.errors === 0 &&
    verify.checkedSectors + verify.comparedSectors >= job.writeBytes / 512 &&
    result.failed === 0 &&
    result.stuck === 0
  )
}

describe('mptest', () => {
  it('has 54 cells, of which its own rules skip 14', () => {
    expect(CELLS).toHaveLength(54)
    expect(run).toHaveLength(40)
  })

  it.each(run.map((cell) => [nameOf(cell), cell] as const))('%s passes', (name, cell) => {
    const counted = runAndCount(cellScenario(cell), modeOf(cell))
    ran.set(name, counted)
    expect(counted.result.jobs?.[0]?.verify?.complaints).toEqual([])
    expect(passes(counted)).toBe(true)
    if (cell.test !== 'test_00_no_failure' && cell.test !== 'test_04_dm_switchpg')
      expect(counted.counts.get('fail_path paths') ?? 0).toBeGreaterThan(0)
  })

  it.each(BACKENDS.flatMap((backend) => QUEUE_MODES.map((mode) => ({ backend, mode }))))(
    'test_03 over $backend in $mode mode is a square wave of half the rate of test_00',
    ({ backend, mode }) => {
      const wave = ran.get(`test_03_dm_failpath ${backend} ${mode}`)!
      const calm = ran.get(`test_00_no_failure ${backend} ${mode}`)!
      const share = iosOf(wave) / 4 / (iosOf(calm) / 2)
      expect(share).toBeGreaterThan(0.4)
      expect(share).toBeLessThan(0.6)
      // buckets of 250 ms: full speed, or nothing at all, but for those in which the state changes
      const full = iosOf(calm) / 8
      const between = wave.endedPerBucket.slice(0, 16).filter((n) => n > 0.1 * full && n < 0.85 * full)
      expect(between.length).toBeLessThanOrEqual(5)
      expect(wave.endedPerBucket.slice(0, 16).filter((n) => n === 0).length).toBeGreaterThanOrEqual(5)
    },
  )

  it.each(BACKENDS.flatMap((backend) => QUEUE_MODES.map((mode) => ({ backend, mode }))))(
    'test_04 over $backend in $mode mode stops nothing and uses both groups',
    ({ backend, mode }) => {
      const hopping = ran.get(`test_04_dm_switchpg ${backend} ${mode}`)!
      const calm = ran.get(`test_00_no_failure ${backend} ${mode}`)!
      expect(iosOf(hopping) / 4 / (iosOf(calm) / 2)).toBeGreaterThan(0.95)
      const names =
        backend === 'nvmefcloop' ? [0, 1, 2, 3].map((i) => `nvme${i}n1`) : ['sda', 'sdb', 'sdc', 'sdd']
      for (const name of names) expect(hopping.counts.get(`rq_issue ${name}`) ?? 0).toBeGreaterThan(100)
    },
  )

  it.each(BACKENDS.flatMap((backend) => QUEUE_MODES.map((mode) => ({ backend, mode }))))(
    'test_03 over $backend in $mode mode fails without queue_if_no_path',
    ({ backend, mode }) => {
      const cell: Cell = { test: 'test_03_dm_failpath', backend, mode }
      const counted = runAndCount(cellScenario(cell, { queueIfNoPath: false }), modeOf(cell))
      expect(passes(counted)).toBe(false)
      expect(counted.result.jobs?.[0]?.status).toBe(BlkStatus.IOERR)
      expect(counted.result.failed).toBeGreaterThan(0)
    },
  )

  afterAll(() => {
    console.log(
      TESTS.map((test) => [test, ...BACKENDS.map((backend) => rowOf(test, backend))].join('\n  ')).join('\n'),
    )
  })

  function rowOf(test: Cell['test'], backend: Cell['backend']): string {
    const cells = QUEUE_MODES.map((mode) => {
      const cell: Cell = { test, backend, mode }
      const why = skipped(cell)
      const counted = ran.get(nameOf(cell))
      if (why !== undefined || counted === undefined) return `${mode} skipped (${why ?? 'not run'})`
      return `${mode} ${passes(counted) ? 'pass' : 'FAIL'} ${iosOf(counted)} I/Os`
    })
    return `${backend.padEnd(11)} ${cells.join(', ')}`
  }
})
