/** Random valid scenarios, small enough for thousands of runs, wild enough to meet every way the block layer has. */
import fc from 'fast-check'
import type { Step } from '../../src/engine/index.ts'
import type { Draft } from './case.ts'

const DEVICE_SECTORS = 131_072
const US = 1000
const MS = 1_000_000

type Attributes = Record<string, number | string>

/** Blocks of one size for all devices, so that every I/O is aligned for every path. */
interface Frame {
  readonly block: 512 | 4096
  readonly names: readonly string[]
  readonly devs: readonly string[]
  readonly scsi: readonly number[]
  readonly groups: number
  readonly pieces: boolean
}

const oneOf = <T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values)

interface PathDraft {
  readonly driver: 'scsi_debug' | 'null_blk'
  readonly queue: Attributes
  readonly depth: number
  readonly spareTags: number
  readonly hwQueues: number
  readonly completionNs: number
  readonly badBlock: number
}

const usuallyZero = (other: fc.Arbitrary<number>): fc.Arbitrary<number> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: other })

function queueArb(block: number): fc.Arbitrary<Attributes> {
  const kib = Math.max(1, block / 1024)
  return fc
    .record({
      scheduler: oneOf('none', 'none', 'mq-deadline'),
      max_sectors_kb: fc.oneof(
        fc.constant(1280),
        fc.integer({ min: 4 / kib, max: 160 / kib }).map((n) => n * kib),
      ),
      max_segments: fc.oneof(fc.constant(128), fc.integer({ min: 1, max: 20 })),
      max_segment_size: oneOf(65536, 65536, 4096, 16384),
      virt_boundary_mask: usuallyZero(fc.constant(4095)),
      chunk_sectors: usuallyZero(
        fc.integer({ min: 1, max: 64 }).map((n) => (n * Math.max(4096, block)) / 512),
      ),
      nomerges: usuallyZero(oneOf(1, 2)),
      cache: oneOf(0, 1, 2),
      discardKib: oneOf(0, 64, 1024),
      zeroesKib: oneOf(0, 64, 300),
      physical: oneOf(512, 4096),
    })
    .map(({ cache, discardKib, zeroesKib, physical, ...queue }) => ({
      ...queue,
      max_hw_sectors_kb: 4096,
      logical_block_size: block,
      physical_block_size: Math.max(block, physical),
      write_cache: cache === 0 ? 'write through' : 'write back',
      fua: cache === 2 ? 1 : 0,
      discard_max_bytes: discardKib * 1024,
      discard_max_hw_bytes: discardKib * 1024,
      discard_granularity: discardKib === 0 ? 0 : block,
      write_zeroes_max_bytes: zeroesKib * 1024,
    }))
}

function pathArb(block: number): fc.Arbitrary<PathDraft> {
  return fc.record({
    driver: oneOf<'scsi_debug' | 'null_blk'>('scsi_debug', 'scsi_debug', 'null_blk'),
    queue: queueArb(block),
    depth: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 64 })),
    spareTags: oneOf(0, 0, 1, 32),
    hwQueues: oneOf(1, 1, 2),
    completionNs: fc.oneof(fc.constant(0), fc.integer({ min: 1 * US, max: 5 * MS })),
    badBlock: usuallyZero(fc.integer({ min: 1, max: 60 })),
  })
}

/** Few places, near each other, so that I/Os meet and merge. */
const place = (f: Frame): fc.Arbitrary<number> =>
  fc.oneof(fc.integer({ min: 0, max: 64 }), fc.integer({ min: 0, max: 2000 })).map((n) => n * f.block)
const length = (f: Frame): fc.Arbitrary<number> =>
  fc
    .oneof(
      { weight: 4, arbitrary: fc.integer({ min: 1, max: 8 }) },
      { weight: 2, arbitrary: fc.integer({ min: 8, max: 40 }) },
      { weight: 1, arbitrary: fc.integer({ min: 40, max: 300 }) },
    )
    .map((n) => n * f.block)
const readOrWrite = oneOf<'R' | 'W'>('R', 'W')

function stridedArb(f: Frame): fc.Arbitrary<Step> {
  return fc
    .record({
      io: oneOf<'batch' | 'each'>('batch', 'each'),
      op: readOrWrite,
      offset: place(f),
      length: length(f),
      count: fc.integer({ min: 1, max: 24 }),
      gap: usuallyZero(fc.integer({ min: 1, max: 8 })),
      descending: fc.boolean(),
      pieces: fc.integer({ min: 2, max: 8 }),
    })
    .map(({ gap, descending, pieces, ...step }) => {
      const segments = f.pieces && step.length % (pieces * f.block) === 0 ? { segments: pieces } : {}
      const down = descending ? ({ descending: true } as const) : {}
      return { ...step, stride: step.length + gap * f.block, ...down, ...segments }
    })
}

function loopArb(f: Frame): fc.Arbitrary<Step> {
  const common = {
    op: oneOf<'R' | 'W' | 'M'>('R', 'W', 'M'),
    length: length(f),
    depth: fc.integer({ min: 1, max: 12 }),
    seed: fc.integer({ min: 0, max: 1000 }),
    span: fc.constant(2_097_152),
  }
  const loop = fc.record({
    io: fc.constant<'loop'>('loop'),
    ...common,
    count: fc.integer({ min: 1, max: 30 }),
  })
  const timed = fc.record({
    io: fc.constant<'timed'>('timed'),
    ...common,
    duration_ns: fc.integer({ min: 1 * US, max: 1 * MS }),
    think_ns: oneOf(0, 5000, 50_000),
  })
  return fc.oneof(loop, timed)
}

/** Small I/Os side by side in any order: what merges at either end, and whole requests with each other. */
function neighboursArb(f: Frame): fc.Arbitrary<Step> {
  return fc
    .tuple(
      fc.shuffledSubarray([...Array(24).keys()], { minLength: 3 }),
      readOrWrite,
      fc.integer({ min: 1, max: 3 }),
    )
    .map(([places, op, blocks]) => ({
      io: 'list',
      items: places.map((n) => ({ op, offset: n * blocks * f.block, length: blocks * f.block })),
    }))
}

function ioArb(f: Frame): fc.Arbitrary<Step> {
  const range = { offset: place(f), length: length(f) }
  const arms: fc.WeightedArbitrary<Step>[] = [
    { weight: 6, arbitrary: stridedArb(f) },
    { weight: 2, arbitrary: loopArb(f) },
    {
      weight: 2,
      arbitrary: fc
        .array(fc.record({ op: readOrWrite, ...range }), { minLength: 1, maxLength: 12 })
        .map((items) => ({ io: 'list', items })),
    },
    { weight: 3, arbitrary: neighboursArb(f) },
    { weight: 2, arbitrary: fc.constant<Step>({ io: 'wait' }) },
    {
      weight: 1,
      arbitrary: fc.record({
        io: fc.constant<'sync'>('sync'),
        op: readOrWrite,
        ...range,
        dsync: fc.boolean(),
      }),
    },
    { weight: 1, arbitrary: fc.constant<Step>({ io: 'fsync' }) },
    { weight: 1, arbitrary: fc.record({ io: oneOf<'discard' | 'zeroout'>('discard', 'zeroout'), ...range }) },
    { weight: 1, arbitrary: fc.integer({ min: 1 * US, max: 2 * MS }).map((sleep_ns) => ({ sleep_ns })) },
  ]
  return fc.oneof(...arms)
}

/** SCSI answers that mean a path error, an error of the data, a retry, or "later". */
const ANSWERS = [
  { host_byte: 0x01 },
  { host_byte: 0x0f },
  { host_byte: 0x07 },
  { host_byte: 0x0d },
  { status_byte: 0x02, sense_key: 3, asc: 0x11 },
  { status_byte: 0x02, sense_key: 7, asc: 0x27, ascq: 0x07 },
  { status_byte: 0x02, sense_key: 0xb, asc: 0x4b },
  { status_byte: 0x08 },
  { status_byte: 0x18 },
]
const NO_ERROR = { host_byte: 0, driver_byte: 0, status_byte: 0, sense_key: 0, asc: 0, ascq: 0 }

function commandArb(f: Frame, tables: readonly string[]): fc.Arbitrary<Step[]> {
  const one = (arbitrary: fc.Arbitrary<Step>): fc.Arbitrary<Step[]> => arbitrary.map((step) => [step])
  const path = fc.integer({ min: 0, max: f.devs.length - 1 })
  const group = fc.integer({ min: 1, max: f.groups })
  const queueFile = (attribute: string, values: fc.Arbitrary<number | string>): fc.Arbitrary<Step> =>
    fc
      .tuple(path, values)
      .map(([at, value]) => ({ sysfs: `/sys/block/${f.names[at]!}/queue/${attribute}`, value }))
  const pause = fc.integer({ min: 1 * US, max: 3 * MS }).map((sleep_ns): Step => ({ sleep_ns }))
  const suspend = fc.boolean().map((noflush): Step => ({ suspend: { noflush, nolockfs: true } }))
  const resume: Step = { resume: true }
  const scsiSteps: fc.WeightedArbitrary<Step[]>[] =
    f.scsi.length === 0
      ? []
      : [
          {
            weight: 3,
            arbitrary: one(
              fc.tuple(fc.constantFrom(...f.scsi), oneOf('offline', 'running')).map(([at, value]) => ({
                sysfs: `/sys/block/${f.names[at]!}/device/state`,
                value,
              })),
            ),
          },
          {
            weight: 1,
            arbitrary: one(
              fc
                .constantFrom(...f.scsi)
                .map((at) => ({ sysfs: `/sys/block/${f.names[at]!}/device/delete`, value: 1 })),
            ),
          },
          {
            weight: 1,
            arbitrary: one(
              fc.tuple(fc.constantFrom(...f.scsi), fc.integer({ min: 1, max: 40 })).map(([at, value]) => ({
                sysfs: `/sys/block/${f.names[at]!}/device/queue_depth`,
                value,
              })),
            ),
          },
          {
            weight: 5,
            arbitrary: one(
              fc
                .tuple(
                  fc.constantFrom(...f.scsi),
                  oneOf<'READ' | 'WRITE'>('READ', 'WRITE'),
                  fc.integer({ min: 1, max: 12 }),
                  fc.constantFrom(...ANSWERS),
                )
                .map(([at, command, count, answer]) => ({
                  inject: { device: f.names[at]!, command, count, ...NO_ERROR, ...answer },
                })),
            ),
          },
        ]
  return fc.oneof(
    { weight: 4, arbitrary: one(path.map((at) => ({ message: `fail_path ${f.devs[at]!}` }))) },
    { weight: 4, arbitrary: one(path.map((at) => ({ message: `reinstate_path ${f.devs[at]!}` }))) },
    {
      weight: 6,
      arbitrary: one(
        fc
          .tuple(oneOf('switch_group', 'disable_group', 'enable_group'), group)
          .map(([verb, number]) => ({ message: `${verb} ${number}` })),
      ),
    },
    {
      weight: 2,
      arbitrary: one(oneOf('queue_if_no_path', 'fail_if_no_path').map((message) => ({ message }))),
    },
    { weight: 2, arbitrary: fc.tuple(suspend, pause).map(([stop, wait]) => [stop, wait, resume]) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom(...tables), suspend, pause)
        .map(([load, stop, wait]) => [{ load }, stop, wait, resume]),
    },
    {
      weight: 1,
      arbitrary: one(
        queueFile(
          'max_sectors_kb',
          fc.integer({ min: 1, max: 80 }).map((n) => n * 4),
        ),
      ),
    },
    { weight: 1, arbitrary: one(queueFile('nomerges', fc.integer({ min: 0, max: 2 }))) },
    { weight: 1, arbitrary: one(queueFile('scheduler', oneOf('none', 'mq-deadline'))) },
    { weight: 1, arbitrary: fc.constant<Step[]>([{ status: true }, { table: true }]) },
    ...scsiSteps,
  )
}

function devicesOf(paths: readonly PathDraft[]): Record<string, unknown>[] {
  return paths.map((path, at) => {
    const scsi = path.driver === 'scsi_debug'
    const bad = path.badBlock * 8
    return {
      name: scsi ? `sd${'abcd'[at]!}` : `nullb${at}`,
      dev: scsi ? `8:${at * 16}` : `252:${at}`,
      driver: path.driver,
      sectors: DEVICE_SECTORS,
      queue: path.queue,
      queue_depth: path.depth,
      ...(scsi ? { host_tags: path.depth + path.spareTags } : {}),
      hw_queues: scsi ? 1 : path.hwQueues,
      completion: path.completionNs === 0 ? { kind: 'immediate' } : { kind: 'timer', ns: path.completionNs },
      ...(scsi && bad > 0 ? { medium_error: { first_sector: bad, sectors: 8, commands: 'READ' } } : {}),
    }
  })
}

const SELECTORS = [
  'round-robin',
  'queue-length',
  'service-time',
  'historical-service-time',
  'io-affinity',
] as const

/** A table over these devices in one or two groups. */
function tableArb(devs: readonly string[], cpus: number): fc.Arbitrary<string> {
  const groups = devs.length > 1 ? fc.integer({ min: 1, max: 2 }) : fc.constant(1)
  return fc
    .record({
      devs: fc.shuffledSubarray([...devs], { minLength: 1, maxLength: devs.length }),
      groups,
      queueing: fc.boolean(),
      selectors: fc.tuple(fc.constantFrom(...SELECTORS), fc.constantFrom(...SELECTORS)),
      throughput: fc.integer({ min: 1, max: 10 }),
    })
    .map(({ devs: chosen, groups: wanted, queueing, selectors, throughput }) => {
      const count = Math.min(wanted, chosen.length)
      const half = count === 1 ? chosen.length : Math.ceil(chosen.length / 2)
      const parts = [chosen.slice(0, half), chosen.slice(half)].filter((part) => part.length > 0)
      const words = parts.map((part, at) => groupWords(selectors[at % 2]!, part, cpus, throughput))
      const features = queueing ? '3 queue_if_no_path queue_mode {mode}' : '2 queue_mode {mode}'
      return `0 ${DEVICE_SECTORS} multipath ${features} 0 ${parts.length} 1 ${words.join(' ')}`
    })
}

function groupWords(selector: string, devs: readonly string[], cpus: number, throughput: number): string {
  const args = devs.map((dev, at) => {
    if (selector === 'service-time') return `${dev} 1 ${at === 0 ? throughput : 1}`
    if (selector === 'io-affinity') return `${dev} ${(1 << (at % cpus)).toString(16)}`
    return `${dev} 1`
  })
  return `${selector} 0 ${devs.length} ${selector === 'service-time' ? 2 : 1} ${args.join(' ')}`
}

/** What ends a run: the device is resumed; then either every path comes back, or queueing ends. */
function lastRites(f: Frame, heal: boolean): Step[] {
  const wait: Step = { sleep_ns: 30 * MS }
  if (!heal) return [wait, { resume: true }, { message: 'fail_if_no_path' }]
  const running = f.scsi.map((at): Step => ({
    sysfs: `/sys/block/${f.names[at]!}/device/state`,
    value: 'running',
  }))
  const back = f.devs.map((dev): Step => ({ message: `reinstate_path ${dev}` }))
  return [wait, { resume: true }, ...running, ...back]
}

/** Mostly short, so that what the administrator does falls into the I/O. */
const pauseArb: fc.Arbitrary<number> = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 80 * US }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 1 * MS }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 8 * MS }) },
)

export const draftArb: fc.Arbitrary<Draft> = fc
  .record({
    block: oneOf<512 | 4096>(512, 512, 4096),
    kernel: oneOf('6.12', '6.12', '6.1'),
    cpus: oneOf(1, 2),
    pieces: oneOf(false, false, true),
  })
  .chain((start) =>
    fc
      .array(pathArb(start.block), { minLength: 1, maxLength: 4 })
      .chain((paths) => {
        const devices = devicesOf(paths)
        const devs = devices.map(({ dev }) => String(dev))
        return fc.tuple(
          fc.constant({ start, paths, devices, devs }),
          fc.array(tableArb(devs, start.cpus), { minLength: 2, maxLength: 2 }),
        )
      })
      .chain(([{ paths, devices, devs }, tables]) => {
        const frame: Frame = {
          block: start.block,
          names: devices.map(({ name }) => String(name)),
          devs,
          scsi: paths.flatMap(({ driver }, at) => (driver === 'scsi_debug' ? [at] : [])),
          groups: Number(/ (\d+) 1 \S+-/.exec(tables[0]!)?.[1] ?? 1),
          pieces: start.pieces,
        }
        return fc
          .record({
            main: fc.array(ioArb(frame), { minLength: 1, maxLength: 4 }),
            beside: fc.array(ioArb(frame), { maxLength: 2 }),
            admin: fc.array(fc.tuple(pauseArb, commandArb(frame, tables)), { maxLength: 8 }),
            dmScheduler: oneOf('mq-deadline', 'mq-deadline', 'none'),
            dmNomerges: usuallyZero(oneOf(1, 2)),
            heal: fc.boolean(),
            fromOutside: fc.boolean(),
            shellStepNs: oneOf(0, 20_000),
          })
          .map((rest) => draftOf(start, devices, tables[0]!, frame, rest))
      }),
  )

interface Rest {
  readonly main: readonly Step[]
  readonly beside: readonly Step[]
  readonly admin: readonly (readonly [number, readonly Step[]])[]
  readonly dmScheduler: string
  readonly dmNomerges: number
  readonly heal: boolean
  readonly fromOutside: boolean
  readonly shellStepNs: number
}

function draftOf(
  start: { readonly kernel: string; readonly cpus: number },
  devices: readonly Record<string, unknown>[],
  table: string,
  frame: Frame,
  rest: Rest,
): Draft {
  const setup: Step[] = [
    { sysfs: '/sys/block/dm-0/queue/scheduler', value: rest.dmScheduler },
    { sysfs: '/sys/block/dm-0/queue/nomerges', value: rest.dmNomerges },
  ]
  const beside = rest.beside.length > 0
  const main: Step[] = [...(beside ? [{ start: 'beside' }] : []), ...rest.main, { io: 'wait' }]
  const admin = rest.admin.flatMap(([ns, steps]): Step[] =>
    ns > 0 ? [{ sleep_ns: ns }, ...steps] : [...steps],
  )
  return {
    file: {
      scenario: 'law',
      kernel: start.kernel,
      cpus: start.cpus,
      devices,
      dm: { name: 'mp', dev: '253:0', sectors: DEVICE_SECTORS, table },
      setup,
      tasks: [
        { name: 'main', cpu: 0, do: main },
        ...(beside ? [{ name: 'beside', do: [...rest.beside, { io: 'wait' as const }] }] : []),
      ],
    },
    admin:
      rest.admin.length > 0 || table.includes('queue_if_no_path')
        ? [...admin, ...lastRites(frame, rest.heal)]
        : [],
    fromOutside: rest.fromOutside,
    shellStepNs: rest.shellStepNs,
  }
}
