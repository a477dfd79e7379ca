/** f0 to f4 of the kernel traces: mptest as a real kernel ran it, by mptest's own criterion. Counts are for reading. */
import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { BlkStatus } from '../../src/engine/log/index.ts'
import { scenarioOf } from '../conformance/simulate.ts'
import { runAndCount, type Counted } from '../support/run-and-count.ts'

const NAMES = ['f0-no-failure', 'f1-sdev-offline', 'f2-sdev-delete', 'f3-dm-failpath', 'f4-dm-switchpg']
const PAIRS = NAMES.flatMap((name) => (['bio', 'rq'] as const).map((mode) => ({ name, mode })))

interface Expected {
  readonly key: {
    readonly bios: { readonly dm: number }
    readonly requeues: { readonly dm: number }
    readonly errors: { readonly paths: number }
    readonly issued: Readonly<Record<string, Readonly<Record<string, number>>>>
  }
  readonly status_along?: readonly string[]
}

const read = (path: string): string =>
  readFileSync(new URL(`../kernel-traces/${path}`, import.meta.url), 'utf8')
const lines: string[] = []

describe('mptest as it was traced', () => {
  it.each(PAIRS)('$name in $mode mode: no error reaches fio, every write verified', ({ name, mode }) => {
    const counted = runAndCount(scenarioOf(read(`scenarios/${name}.json`)), mode)
    const expected = JSON.parse(read(`expected/${name}.${mode}.json`)) as Expected
    lines.push(...compared(`${name}.${mode}`, counted, expected))
    const { result } = counted
    const [job, ...others] = result.jobs ?? []
    expect(others).toEqual([])
    expect(job).toMatchObject({ status: BlkStatus.OK, verify: { errors: 0, complaints: [] } })
    expect(job!.verify!.checkedSectors + job!.verify!.comparedSectors).toBe(job!.writeBytes / 512)
    expect(result).toMatchObject({ failed: 0, stuck: 0 })
  })

  it.each(['bio', 'rq'] as const)('f0 in %s mode has the very counts of the kernel', (mode) => {
    const { counts } = runAndCount(scenarioOf(read('scenarios/f0-no-failure.json')), mode)
    const { key } = JSON.parse(read(`expected/f0-no-failure.${mode}.json`)) as Expected
    expect(counts.get('bio_queue dm-0')).toBe(key.bios.dm)
    expect(counts.get('rq_issue sda')).toBe(key.issued['sda']?.['512K'])
    expect(counts.get('rq_issue sdb')).toBe(key.issued['sdb']?.['512K'])
  })

  afterAll(() => {
    console.log(lines.join('\n'))
  })
})

function compared(name: string, { counts, result }: Counted, { key, status_along }: Expected): string[] {
  const mine = (kind: string): number => counts.get(kind) ?? 0
  const issued = (count: (disk: string) => number): string =>
    ['sda', 'sdb', 'sdc', 'sdd'].map((disk) => `${disk} ${count(disk)}`).join(' ')
  const real = `bios ${key.bios.dm}, requeues ${key.requeues.dm}, errors ${key.errors.paths}, ${issued((disk) => key.issued[disk]?.['512K'] ?? 0)}`
  const simulated = `bios ${mine('bio_queue dm-0')}, requeues ${mine('rq_requeue dm-0')}, errors ${mine('rq_error paths')}, ${issued((disk) => mine(`rq_issue ${disk}`))}`
  return [
    name,
    `  kernel    ${real}`,
    `  simulated ${simulated}`,
    `  status    ${(status_along ?? [])[0] ?? '(not read)'}`,
    `  simulated ${result.statusAlong[0] ?? ''}`,
  ]
}
