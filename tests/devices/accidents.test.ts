/**
 * Every law of tests/laws over random scenarios in which cables come out, devices hang, slow down and answer with errors.
 * At the end everything is as it was and nobody queues any more, so every I/O has to have ended. FC_RUNS and FC_SEED as in
 * tests/laws.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { INJECTABLE, type Step } from '../../src/engine/index.ts'
import { caseOf, fileOf, type Draft } from '../laws/case.ts'
import { draftArb } from '../laws/generator.ts'
import { judge, MODES, simulate } from '../laws/judge.ts'
import { LAWS } from '../laws/laws.ts'

const RUNS = Number(process.env['FC_RUNS'] ?? 200)
const SEED = Number(process.env['FC_SEED'] ?? 20_260_418)

const MS = 1_000_000
const SECOND = 1000 * MS

interface Fate {
  readonly transport: object | undefined
  readonly completion: object | undefined
}

const fateArb: fc.Arbitrary<Fate> = fc.record({
  transport: fc.constantFrom(
    undefined,
    { kind: 'fc', fast_io_fail_tmo_s: 1, dev_loss_tmo_s: 3 },
    { kind: 'fc', dev_loss_tmo_s: 2 },
    { kind: 'iscsi', noop_interval_s: 1, noop_timeout_s: 1, replacement_timeout_s: 2 },
  ),
  completion: fc.constantFrom(
    undefined,
    { kind: 'linear', per_io_ns: 200_000, bytes_per_s: 50_000_000 },
    { kind: 'disk' },
    { kind: 'nvme', width: 2 },
    { kind: 'array', queue_limit: 3 },
    { kind: 'array', hit_ratio: 1 },
  ),
})

const accidentArb = (names: readonly string[]): fc.Arbitrary<Step> =>
  fc.constantFrom(...names).chain((device) =>
    fc.oneof(
      fc.boolean().map((up): Step => ({ link: { device, up } })),
      fc
        .record({ hung: fc.boolean(), abort: fc.constantFrom<'ok' | 'fails'>('ok', 'fails') })
        .map((rest): Step => ({ hang: { device, ...rest } })),
      fc.constantFrom(0.5, 10, 1000).map((factor): Step => ({ service: { device, factor } })),
      fc
        .record({
          command: fc.constantFrom<'READ' | 'WRITE' | 'ANY'>('READ', 'WRITE', 'ANY'),
          count: fc.integer({ min: 1, max: 8 }),
          probability: fc.constantFrom(1, 0.5),
          status: fc.constantFrom(...INJECTABLE.scsi_debug),
        })
        .map((rest): Step => ({
          inject: {
            ...{ device, host_byte: 0, driver_byte: 0, status_byte: 0, sense_key: 0, asc: 0, ascq: 0 },
            ...rest,
          },
        })),
    ),
  )

const pauseArb = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 5 * MS }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 5 * SECOND }) },
  { weight: 1, arbitrary: fc.constant(70 * SECOND) },
)

/** A draft in which these accidents happen, after what its own administrator does. */
const unluckyArb: fc.Arbitrary<Draft> = fc
  .tuple(draftArb, fc.array(fateArb, { minLength: 4, maxLength: 4 }))
  .chain(([draft, fates]) => {
    const devices = (draft.file['devices'] as Record<string, unknown>[]).map((device, at) =>
      device['driver'] === 'scsi_debug' ? { ...device, ...present(fates[at]!) } : device,
    )
    const names = devices.filter(({ driver }) => driver === 'scsi_debug').map(({ name }) => String(name))
    const file = { ...draft.file, devices }
    if (names.length === 0) return fc.constant({ ...draft, file })
    const pairs = fc.array(fc.tuple(pauseArb, accidentArb(names)), { minLength: 1, maxLength: 5 })
    return pairs.map((accidents): Draft => {
      const unlucky = accidents.flatMap(([sleep_ns, step]): Step[] => [{ sleep_ns }, step])
      return { ...draft, file, admin: [...unlucky, ...draft.admin, ...allWell(names)] }
    })
  })

function present({ transport, completion }: Fate): object {
  return {
    ...(transport && { transport }),
    ...(completion && { completion, lun: JSON.stringify(completion) }),
  }
}

function allWell(names: readonly string[]): Step[] {
  const each = names.flatMap((device): Step[] => [
    { link: { device, up: true } },
    { hang: { device, hung: false, abort: 'ok' } },
    { service: { device, factor: 1 } },
  ])
  return [...each, { resume: true }, { message: 'fail_if_no_path' }]
}

describe(`in ${RUNS} random scenarios with accidents, both modes`, () => {
  it('every law holds and every I/O ends', () => {
    fc.assert(
      fc.property(unluckyArb, (draft) => {
        const tested = caseOf(draft)
        for (const mode of MODES) {
          const faults = [...judge(tested, mode, LAWS)].map(([law, fault]) => `${law.name}: ${fault}`)
          const stuck = simulate(tested, mode).ran.result?.stuck ?? 0
          if (stuck > 0) faults.push(`${stuck} I/Os never end`)
          if (faults.length > 0)
            expect.fail(`${mode}: ${faults.join('\n')}\n${JSON.stringify(fileOf(draft))}`)
        }
      }),
      { numRuns: RUNS, seed: SEED },
    )
  }, 600_000)
})
