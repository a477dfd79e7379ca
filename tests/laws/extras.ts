/**
 * What a plain draft (generator.ts) has not: hardware handlers and ports that move, multipathd, other schedulers, I/O
 * through the page cache, transports and cables. Each comes in some drafts only, so that shrinking takes it away first.
 */
import fc from 'fast-check'
import type { Step } from '../../src/engine/index.ts'
import type { Draft } from './case.ts'
import { draftArb } from './generator.ts'

const MS = 1_000_000
const SECOND = 1000 * MS

const sometimes = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })

const portArb = fc.record({
  access_state: fc.constantFrom('active/optimized', 'active/optimized', 'active/non-optimized', 'standby'),
  tpgs: fc.constantFrom('implicit', 'explicit'),
})

interface Extras {
  readonly ports: readonly object[] | undefined
  readonly retries: number
  readonly multipathd: object | undefined
  readonly schedulers: readonly string[] | undefined
  readonly buffered: readonly Step[] | undefined
  readonly transports: readonly (object | undefined)[] | undefined
  /** Things that happen to disks, by place among the SCSI disks. */
  readonly events: readonly (readonly [sleepNs: number, place: number, what: Happening])[]
}

type Happening =
  | { readonly kind: 'port'; readonly state: string }
  | { readonly kind: 'activation'; readonly result: string; readonly count: number }
  | { readonly kind: 'link'; readonly up: boolean }

const happeningArb: fc.Arbitrary<Happening> = fc.oneof(
  fc
    .constantFrom('active/optimized', 'active/non-optimized', 'standby', 'unavailable', 'transitioning')
    .map((state): Happening => ({ kind: 'port', state })),
  fc
    .record({
      result: fc.constantFrom('RETRY', 'IMM_RETRY', 'RES_TEMP_UNAVAIL', 'DEV_TEMP_BUSY', 'IO', 'NOMEM'),
      count: fc.integer({ min: 1, max: 3 }),
    })
    .map((rest): Happening => ({ kind: 'activation', ...rest })),
  fc.boolean().map((up): Happening => ({ kind: 'link', up })),
)

const bufferedArb: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc
      .record({
        io: fc.constantFrom<'buffered_write' | 'buffered_read'>('buffered_write', 'buffered_read'),
        offset: fc.integer({ min: 0, max: 64 }).map((n) => n * 4096),
        count: fc.integer({ min: 1, max: 12 }),
      })
      .map((rest): Step => ({ ...rest, length: 4096 })),
    fc.constantFrom<Step>({ io: 'fsync' }, { io: 'drop_cache' }),
  ),
  { minLength: 1, maxLength: 4 },
)

const multipathdArb = fc.record(
  {
    polling_interval: fc.constantFrom(1, 2),
    no_path_retry: fc.constantFrom('fail', 'queue', 1, 3),
    failback: fc.constantFrom('manual', 'immediate', 'followover', 2),
    path_grouping_policy: fc.constantFrom('failover', 'group_by_prio'),
    checker_timeout: fc.constantFrom(2, 30),
    delay_watch_checks: fc.constantFrom(0, 3),
    delay_wait_checks: fc.constantFrom(0, 2),
  },
  { requiredKeys: [] },
)

const extrasArb: fc.Arbitrary<Extras> = fc.record({
  ports: sometimes(fc.array(portArb, { minLength: 4, maxLength: 4 })),
  retries: fc.constantFrom(0, 0, 2),
  multipathd: sometimes(multipathdArb),
  schedulers: sometimes(
    fc.array(fc.constantFrom('none', 'mq-deadline', 'kyber', 'bfq'), { minLength: 5, maxLength: 5 }),
  ),
  buffered: sometimes(bufferedArb),
  transports: sometimes(
    fc.array(
      fc.constantFrom<object | undefined>(
        undefined,
        { kind: 'fc', fast_io_fail_tmo_s: 1, dev_loss_tmo_s: 600 },
        { kind: 'iscsi', noop_interval_s: 1, noop_timeout_s: 1, replacement_timeout_s: 2 },
      ),
      { minLength: 4, maxLength: 4 },
    ),
  ),
  events: fc.array(
    fc.tuple(
      fc.oneof(fc.integer({ min: 0, max: 3 * MS }), fc.integer({ min: 0, max: 4 * SECOND })),
      fc.nat(3),
      happeningArb,
    ),
    { maxLength: 4 },
  ),
})

export const livelyDraftArb: fc.Arbitrary<Draft> = fc
  .tuple(draftArb, extrasArb)
  .map(([draft, extras]) => withExtras(draft, extras))

/** Drafts of every kind; lively ones take longer, so they are fewer. */
export const everyDraftArb: fc.Arbitrary<Draft> = fc.oneof(
  { weight: 2, arbitrary: draftArb },
  { weight: 1, arbitrary: livelyDraftArb },
)

type Device = Record<string, unknown> & { readonly queue: Record<string, unknown> }

function withExtras(draft: Draft, extras: Extras): Draft {
  const devices = (draft.file['devices'] as Device[]).map((device, at) => withExtra(device, at, extras))
  const scsi = devices.filter(({ driver }) => driver === 'scsi_debug').map(({ name }) => String(name))
  const table = (line: string): string =>
    extras.ports && scsi.length > 0 ? retaining(line, extras.retries) : line
  const dm = draft.file['dm'] as { readonly table: string }
  const [main, ...others] = draft.file.tasks
  const setup = (draft.file['setup'] as Step[]).map((step) =>
    extras.schedulers && 'sysfs' in step && step.sysfs.endsWith('scheduler')
      ? { ...step, value: extras.schedulers[4]! }
      : step,
  )
  const own = draft.admin.map((step): Step => ('load' in step ? { ...step, load: table(step.load) } : step))
  const events = happenings(scsi, extras)
  return {
    ...draft,
    file: {
      ...draft.file,
      devices,
      setup,
      dm: { ...dm, table: table(dm.table) },
      tasks: [{ ...main!, do: [...(extras.buffered ?? []), ...main!.do] }, ...others],
      ...(extras.multipathd ? { multipathd: extras.multipathd } : {}),
    },
    admin: events.length > 0 ? [...events, ...own, ...allWell(scsi)] : own,
  }
}

function withExtra(device: Device, at: number, extras: Extras): Device {
  const queue = extras.schedulers ? { ...device.queue, scheduler: extras.schedulers[at] } : device.queue
  if (device['driver'] !== 'scsi_debug') return { ...device, queue }
  const transport = extras.transports?.[at]
  return {
    ...device,
    queue,
    ...(extras.ports ? { hw_handler_attached: 'alua', ...extras.ports[at] } : {}),
    ...(transport ? { transport } : {}),
  }
}

/** The same table with the attached handler kept. */
function retaining(line: string, retries: number): string {
  const words = retries > 0 ? ['pg_init_retries', String(retries)] : []
  return line.replace(
    / multipath (\d+) /,
    (_, count: string) =>
      ` multipath ${Number(count) + 1 + words.length} ${[...words, 'retain_attached_hw_handler'].join(' ')} `,
  )
}

function happenings(scsi: readonly string[], { events, ports }: Extras): Step[] {
  if (scsi.length === 0) return []
  return events.flatMap(([sleep_ns, place, what]): Step[] => {
    const device = scsi[place % scsi.length]!
    const pause: Step = { sleep_ns }
    switch (what.kind) {
      case 'port':
        return ports ? [pause, { access_state: { device, state: what.state } }] : []
      case 'activation': {
        const { result, count } = what
        return ports ? [pause, { activation: { device, result: result as 'RETRY', count } }] : []
      }
      case 'link':
        return [pause, { link: { device, up: what.up } }]
    }
  })
}

/** Cables are in and ports serve, the device runs and nobody queues. */
function allWell(scsi: readonly string[]): Step[] {
  const each = scsi.flatMap((device): Step[] => [
    { link: { device, up: true } },
    { access_state: { device, state: 'active/optimized' } },
  ])
  return [...each, { resume: true }, { message: 'fail_if_no_path' }]
}
