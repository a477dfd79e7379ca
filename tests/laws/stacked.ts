/** Random stacks around the random scenarios of the laws: what is over and under the map, and what stands in its place. */
import fc from 'fast-check'
import type { InjectedError, Step } from '../../src/engine/index.ts'
import type { QueueMode } from '../../src/engine/log/index.ts'
import type { Draft } from './case.ts'
import { everyDraftArb } from './extras.ts'
import { MODES } from './judge.ts'

const SECTORS = 131_072
/** I/O of the generator stays below this sector. */
const USED = 81_920

/** A scenario, and the modes that it can be run in. */
export interface Drawn {
  readonly draft: Draft
  readonly modes: readonly QueueMode[]
}

interface Shape {
  readonly over: 'nothing' | 'volume' | 'two volumes' | 'partition of a volume'
  readonly under: 'disks' | 'linear' | 'partitions'
  readonly cuts: readonly number[]
  readonly withOther: boolean
  readonly offset: number
}

const shapeArb: fc.Arbitrary<Shape> = fc.record({
  over: fc.constantFrom('nothing', 'volume', 'volume', 'two volumes', 'partition of a volume'),
  under: fc.constantFrom('disks', 'disks', 'linear', 'partitions'),
  cuts: fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { maxLength: 4 }),
  withOther: fc.boolean(),
  offset: fc.integer({ min: 0, max: 64 }).map((n) => n * 8),
})

/** Lines over a device: segments that are neighbours above and lie apart below, in blocks of 4 KiB. */
function volume(dev: string, other: string | undefined, { cuts, offset }: Shape, sectors: number): string[] {
  const ends = [...cuts.map((cut) => cut * 8).sort((a, b) => a - b), sectors]
  let start = 0
  return ends.map((end, at) => {
    const target = at % 2 === 1 && other !== undefined ? other : dev
    const line = `${start} ${end - start} linear ${target} ${start + offset + (at % 3) * 8}`
    start = end
    return line
  })
}

const SPARE = { name: 'nullb9', dev: '252:9', driver: 'null_blk', sectors: SECTORS } as const

export function withStack({ file, ...draft }: Draft, shape: Shape): Draft {
  const { dm, devices } = file as unknown as {
    readonly dm: { readonly table: string; readonly sectors: number }
    readonly devices: readonly { readonly dev: string; readonly name: string }[]
  }
  const stack: unknown[] = []
  let table = dm.table
  let { sectors } = dm
  if (shape.under !== 'disks') {
    sectors = SECTORS - 2048
    devices.forEach(({ dev, name }, at) => {
      const own = shape.under === 'linear' ? `253:${at + 20}` : `259:${at + 20}`
      if (shape.under === 'linear')
        stack.push({ name: `under${at}`, dev: own, table: [`0 ${sectors} linear ${dev} 2048`] })
      else stack.push({ name: `${name}p1`, dev: own, partition_of: name, start_sector: 2048, sectors })
      table = table.replaceAll(` ${dev} `, ` ${own} `).replace(new RegExp(` ${dev}$`), ` ${own}`)
    })
    table = table.replace(/^0 \d+/, `0 ${sectors}`)
  }
  const spare = shape.withOther && shape.over !== 'nothing' ? [SPARE] : []
  const other = spare.length > 0 ? SPARE.dev : undefined
  if (shape.over !== 'nothing')
    stack.push({ name: 'lv', dev: '253:1', table: volume('253:0', other, shape, USED + 16_384) })
  if (shape.over === 'two volumes')
    stack.push({
      name: 'lv-on-lv',
      dev: '253:2',
      table: volume('253:1', undefined, { ...shape, offset: 8 }, USED),
    })
  if (shape.over === 'partition of a volume')
    stack.push({ name: 'lv1', dev: '253:2', table: `0 ${USED} linear 253:1 2048` })
  return {
    ...draft,
    file: {
      ...file,
      devices: [...devices, ...spare],
      dm: { ...dm, sectors, table },
      ...(stack.length === 0 ? {} : { stack }),
    },
    admin: draft.admin.filter((step) => !('load' in step)),
  }
}

/** What the driver of NVMe takes for a path error, and what for one of the medium. */
function asNvme({ device, command, count, host_byte }: InjectedError): Partial<InjectedError> {
  return { device, command, count, status: host_byte === 0 ? 'WRITE_FAULT' : 'HOST_PATH_ERROR' }
}

const OF_SCSI: readonly string[] = [
  ...['host_tags', 'medium_error', 'hw_handler_attached', 'access_state', 'tpgs', 'transport'],
]

/** The same over NVMe namespaces alone. */
function overNvme({ file, ...draft }: Draft, transport: object | undefined): Draft {
  const devices = (file['devices'] as readonly Record<string, unknown>[]).map((device, at) => {
    const rest = Object.fromEntries(Object.entries(device).filter(([name]) => !OF_SCSI.includes(name)))
    return {
      ...rest,
      name: `nvme${at}n1`,
      dev: `259:${at}`,
      driver: 'nvme',
      ...(transport ? { transport } : {}),
    }
  })
  const names = (file['devices'] as readonly { readonly name: string; readonly dev: string }[]).map(
    ({ name, dev }, at) => [name, dev, at] as const,
  )
  const renamed = <T>(value: T): T => {
    let text = JSON.stringify(value)
    for (const [name, dev, at] of names)
      text = text
        .replaceAll(new RegExp(`\\b${name}\\b`, 'g'), `nvme${at}n1`)
        .replaceAll(new RegExp(`\\b${dev}\\b`, 'g'), `259:${at}`)
    return JSON.parse(text) as T
  }
  const admin = renamed(draft.admin)
    .filter((step) => !('sysfs' in step && step.sysfs.includes('/device/')))
    .filter((step) => !('access_state' in step || 'activation' in step))
    .map((step) => ('inject' in step ? { inject: asNvme(step.inject) as InjectedError } : step))
  return { ...draft, admin, file: { ...file, devices, dm: renamed(file['dm']) } }
}

const isRequestStackable = ({ under }: Shape): boolean => under === 'disks'

/** What happens to namespaces beside the I/O; in the end every controller is there and shows its own. */
const accidentsArb: fc.Arbitrary<Step[]> = fc
  .array(
    fc.tuple(
      fc.oneof(
        { weight: 3, arbitrary: fc.integer({ min: 0, max: 400_000 }) },
        { weight: 1, arbitrary: fc.integer({ min: 0, max: 4_000_000_000 }) },
      ),
      fc.constantFrom('nvme0n1', 'nvme1n1'),
      fc.constantFrom('pull', 'plug', 'optimized', 'non_optimized', 'inaccessible', 'change'),
    ),
    { maxLength: 6 },
  )
  .map((all) =>
    all.flatMap(([sleep_ns, device, what]): Step[] => [
      { sleep_ns },
      what === 'pull' || what === 'plug'
        ? { link: { device, up: what === 'plug' } }
        : { ana: { device, state: what } },
    ]),
  )

/** A controller over fabrics that was deleted is connected to again. */
const healed = (devices: readonly string[]): Step[] => [
  ...devices.map((device): Step => ({ link: { device, up: true } })),
  { rescan: true },
  ...devices.map((device): Step => ({ ana: { device, state: 'optimized' } })),
]

function withAccidents(draft: Draft, accidents: readonly Step[]): Draft {
  const names = (draft.file['devices'] as readonly { readonly name: string }[]).map(({ name }) => name)
  const there = accidents.filter((step) => {
    if ('link' in step) return names.includes(step.link.device)
    return !('ana' in step) || names.includes(step.ana.device)
  })
  return {
    ...draft,
    admin: [...there, ...draft.admin, ...healed(names.filter((name) => name.startsWith('nvme')))],
  }
}

const fabricsArb: fc.Arbitrary<object | undefined> = fc.constantFrom(
  undefined,
  { kind: 'nvme-tcp', keep_alive_tmo_s: 1, reconnect_delay_s: 1, ctrl_loss_tmo_s: 2 },
  { kind: 'nvme-tcp', keep_alive_tmo_s: 1, reconnect_delay_s: 1, ctrl_loss_tmo_s: -1, fast_io_fail_tmo_s: 1 },
)

/** Stacks of every shape around drafts of every kind. */
export const stackedArb: fc.Arbitrary<Drawn> = fc
  .tuple(
    everyDraftArb,
    shapeArb,
    fc.constantFrom<QueueMode>('bio', 'bio', 'rq', 'native', 'single'),
    accidentsArb,
    fabricsArb,
  )
  .map(([draft, shape, wanted, accidents, transport]): Drawn => {
    if (wanted === 'native') {
      const over = withStack(overNvme(draft, transport), { ...shape, under: 'disks' })
      return { draft: withAccidents(over, accidents), modes: [wanted] }
    }
    const mode = wanted === 'rq' && !isRequestStackable(shape) ? 'bio' : wanted
    const stacked = withStack(draft, shape)
    const modes = isRequestStackable(shape) ? MODES : ['bio']
    return { draft: { ...stacked, file: { ...stacked.file, modes } }, modes: [mode] }
  })

/** Everything that the laws are held against; most with the map alone over its disks, in both its modes. */
export const drawnArb: fc.Arbitrary<Drawn> = fc.oneof(
  { weight: 2, arbitrary: everyDraftArb.map((draft): Drawn => ({ draft, modes: MODES })) },
  { weight: 1, arbitrary: stackedArb },
)
