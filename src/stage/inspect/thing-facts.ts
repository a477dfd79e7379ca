/**
 * What the inspector says of a thing at a moment: a path, a queue, a band, the map, the tasks. Sections of rows, each
 * with a figure and what can be asked about it, read off the picture.
 */
import { DeviceState, MpathFlag, type RunHeader, SleepReason, TimerKind } from '../../engine/log/index.ts'
import { durationText } from '../../lib/duration.ts'
import { Counter } from '../../record/counters.ts'
import { NOT_ARMED } from '../../record/devices.ts'
import type { Picture } from '../../record/picture.ts'
import { isRequest, NO_TAG, Place } from '../../record/places.ts'
import type { RunRecord } from '../../record/run-record.ts'
import type { LaneFacts } from '../facts.ts'
import { idleWords } from '../idle.ts'
import type { BandKind } from '../layout/parts.ts'
import type { LaneShape } from '../layout/shape.ts'
import { deviceName, thingName } from '../names.ts'
import { dispatchBusy, queueInside } from '../queue-inside.ts'
import { selectorArgs } from '../selector-args.ts'
import { isNext, nodeWords, selectorOf } from '../selector-words.ts'
import { DEVICE_STATES, DM_STATES, TIMERS } from '../sentences/codes.ts'
import { tagsOf } from '../tag-count.ts'
import type { Topic } from '../why/why.ts'
import { bytesText, countText, sizeText } from '../words.ts'

export type InspectedThing =
  | { readonly kind: 'path'; readonly dev: number }
  | { readonly kind: 'queue'; readonly dev: number }
  | { readonly kind: 'band'; readonly band: BandKind; readonly dev: number }
  | { readonly kind: 'map' }
  | { readonly kind: 'tasks' }

export interface FactRow {
  readonly label: string
  readonly value: string
  readonly why?: Topic
  readonly tone?: 'good' | 'bad'
}

export interface FactSection {
  readonly title: string
  readonly why?: Topic
  readonly rows: readonly FactRow[]
}

export interface FactContext {
  readonly picture: Picture
  readonly record: RunRecord
  readonly shape: LaneShape
  readonly timeNs: number
}

export function thingTitle(
  header: RunHeader,
  thing: InspectedThing,
  bandName: (kind: BandKind) => string,
): string {
  switch (thing.kind) {
    case 'path':
      return `Path ${deviceName(header, thing.dev)}`
    case 'queue':
      return `Queue of ${deviceName(header, thing.dev)}`
    case 'band':
      return bandName(thing.band)
    case 'map':
      return header.dmName === '' ? 'The head of the namespace' : `Map ${header.dmName}`
    case 'tasks':
      return 'Tasks'
  }
}

export function thingFacts(context: FactContext, thing: InspectedThing): FactSection[] {
  switch (thing.kind) {
    case 'path':
      return pathFacts(context, thing.dev)
    case 'queue':
      return queueFacts(context, thing.dev)
    case 'band':
      return bandFacts(context, thing)
    case 'map':
      return mapFacts(context)
    case 'tasks':
      return taskFacts(context)
  }
}

function pathFacts(context: FactContext, dev: number): FactSection[] {
  const { picture, record, shape } = context
  const { devices, header } = picture
  const path = shape.paths.find((one) => one.dev === dev)
  const disk = path?.disk ?? dev
  const info = header.devices[disk]
  const ofMap = shape.map !== undefined
  const active = devices.pathActive[dev] === 1
  const selector = selectorOf(picture, devices.group[dev]!)
  const idle = idleWords(picture, dev, disk, shape.map)
  const [throughput] = selectorArgs(header, record.result, dev).slice(1)
  const rows: FactRow[] = []
  if (ofMap) {
    rows.push({
      label: 'multipath takes it for',
      value: active ? 'active' : 'failed',
      why: 'path',
      tone: active ? 'good' : 'bad',
    })
    rows.push({ label: 'fail_count', value: String(devices.failCount[dev]), why: 'path' })
    rows.push({ label: 'priority group', value: String(devices.group[dev]), why: 'group' })
  }
  const state = devices.state[disk]!
  rows.push({
    label: 'the device is',
    value: DEVICE_STATES[state] ?? 'in another state',
    why: 'event:device_state',
    tone: state === DeviceState.running ? 'good' : 'bad',
  })
  if (devices.activating[dev] === 1)
    rows.push({ label: 'activation', value: 'runs (pg_init)', why: 'pg_init' })
  if (idle !== '') rows.push({ label: 'now', value: idle })
  const sections: FactSection[] = [{ title: 'State', why: 'path', rows }]
  if (ofMap) {
    const chosen: FactRow[] = [
      {
        label: 'times chosen',
        value: countText(picture.counter(Counter.chosen, dev)),
        why: 'event:choose_path',
      },
      {
        label: 'in flight for it',
        value: `${countText(devices.inFlightIos[dev]!)} I/Os, ${sizeText(devices.inFlightSectors[dev]!)}`,
        why: 'in_flight',
      },
    ]
    const words = nodeWords(picture, dev, record.result)
    if (words !== '')
      chosen.push({ label: `what ${selector} sees`, value: words, why: `selector:${selector}` })
    if (isNext(picture, dev))
      chosen.push({ label: 'in line', value: 'it is next', why: `selector:${selector}` })
    if (throughput !== undefined && selector === 'service-time')
      chosen.push({ label: 'relative throughput', value: throughput, why: 'selector:service-time' })
    sections.push({ title: `Selector: ${selector}`, why: `selector:${selector}`, rows: chosen })
  }
  sections.push(
    { title: 'Counted so far, simulated', rows: pathCounts(picture, dev, disk) },
    ...timerSection(context, [dev, disk]),
    {
      title: 'The device',
      why: 'list:device',
      rows: [
        { label: 'driver', value: info?.driver ?? '' },
        {
          label: 'commands in it',
          value: `${picture.countIn(disk, Place.device)} of ${devices.queueDepth[disk]}`,
          why: 'queue_depth',
        },
        { label: 'tags', value: tagText(picture, disk), why: 'tags' },
        { label: 'size', value: sizeText(info?.sizeSectors ?? 0) },
      ],
    },
  )
  return sections
}

function pathCounts(picture: Picture, dev: number, disk: number): FactRow[] {
  const of = (counter: Counter, on = disk): string => countText(picture.counter(counter, on))
  const commands = picture.counter(Counter.issued, disk)
  const sectors = picture.counter(Counter.issued_sectors, disk)
  return [
    { label: 'commands', value: countText(commands), why: 'score:commands' },
    {
      label: 'average size',
      value: commands === 0 ? '–' : bytesText(sectors / commands),
      why: 'score:avg_size',
    },
    { label: 'merges', value: countText(mergesOn(picture, disk)), why: 'score:merges' },
    { label: 'splits', value: of(Counter.splits), why: 'score:splits' },
    { label: 'requeues', value: of(Counter.requeues), why: 'score:requeues' },
    { label: 'errors', value: of(Counter.errors), why: 'score:errors' },
    { label: 'failed', value: `${of(Counter.path_failures, dev)} times`, why: 'event:fail_path' },
  ]
}

function mergesOn(picture: Picture, dev: number): number {
  return (
    picture.counter(Counter.back_merges, dev) +
    picture.counter(Counter.front_merges, dev) +
    picture.counter(Counter.request_merges, dev)
  )
}

function tagText(picture: Picture, dev: number): string {
  const { used, total } = tagsOf(picture, dev)
  return total === 0 ? 'none' : `${used} of ${total}`
}

const LIST_NAMES: Readonly<Record<string, string>> = {
  plug: 'plug list',
  sorted: 'scheduler',
  queue: 'software queue',
  dispatch: 'hctx->dispatch',
  requeue: 'requeue_list',
  flush: 'flush machine',
  waiting: 'originals that wait',
  issued: 'issued, clone on a path',
  device: 'in the device',
}

function queueFacts(context: FactContext, dev: number): FactSection[] {
  const { picture, record, timeNs } = context
  const device = picture.header.devices[dev]
  const inside = queueInside(picture, record, dev)
  const lists = inside.lists
    .filter(({ name }) => name !== 'fifo')
    .map(({ name, items, dueNs }): FactRow => {
      const timer = dueNs === undefined || dueNs < timeNs ? '' : ` · timer ${durationText(dueNs - timeNs, 2)}`
      const bios = items.reduce((sum, one) => sum + one.bios, 0)
      const held = bios > items.length ? ` · ${bios} bios` : ''
      return { label: LIST_NAMES[name] ?? name, value: `${items.length}${held}${timer}`, why: `list:${name}` }
    })
  const limits = Object.entries(device?.limits ?? {}).map(([name, value]): FactRow => ({
    label: name,
    value: String(value),
    ...limitWhy(name),
  }))
  const queue: FactRow[] = [
    { label: 'scheduler', value: device?.scheduler ?? 'none: bio-based', why: 'queue' },
    {
      label: 'nr_requests',
      value: String(picture.devices.nrRequests[picture.devices.row(dev)] ?? 0),
      why: 'tags',
    },
    { label: 'tags in use', value: tagText(picture, dev), why: 'tags' },
  ]
  if (device?.role === 'path')
    queue.push({ label: 'queue_depth', value: String(inside.queueDepth), why: 'queue_depth' })
  if (device?.scheduler !== undefined)
    queue.push({
      label: 'dispatch_busy',
      value: String(dispatchBusy(record, picture.index, dev)),
      why: 'dispatch_busy',
    })
  return [
    { title: 'What is in it', why: 'queue', rows: lists },
    { title: 'How it works', why: 'queue', rows: queue },
    { title: `Limits, as in /sys/block/${device?.name ?? ''}/queue`, rows: limits },
    ...timerSection(context, [dev]),
  ].filter(({ rows }) => rows.length > 0)
}

const KNOWN_LIMITS: ReadonlySet<string> = new Set([
  'max_sectors_kb',
  'max_segments',
  'chunk_sectors',
  'virt_boundary_mask',
  'discard_max_bytes',
  'write_zeroes_max_bytes',
])

function limitWhy(name: string): { readonly why?: Topic } {
  return KNOWN_LIMITS.has(name) ? { why: `limit:${name}` } : {}
}

function bandFacts(
  context: FactContext,
  { band, dev }: Extract<InspectedThing, { kind: 'band' }>,
): FactSection[] {
  const { picture, shape } = context
  const why = `band:${band}`
  const count = (place: Place): string => countText(picture.countIn(dev, place))
  switch (band) {
    case 'split':
      return [
        {
          title: 'Now',
          why,
          rows: [
            { label: 'originals that wait', value: count(Place.waiting), why: 'list:waiting' },
            {
              label: 'bio clones so far',
              value: countText(picture.total(Counter.bio_clones)),
              why: 'score:bio_clones',
            },
            {
              label: 'splits so far, all queues',
              value: countText(picture.total(Counter.splits)),
              why: 'score:splits',
            },
          ],
        },
      ]
    case 'choose':
      return [
        {
          title: 'Now',
          why,
          rows: [
            { label: 'asking', value: count(Place.choose), why: 'event:choose_path' },
            ...shape.paths.map((path): FactRow => ({
              label: deviceName(picture.header, path.dev),
              value: `${countText(picture.counter(Counter.chosen, path.dev))} × · ${choiceWords(picture, context.record, path.dev)}`,
              why: `selector:${selectorOf(picture, path.group)}`,
            })),
          ],
        },
        ...groupSection(context),
      ]
    case 'merge':
    case 'bypass':
      return queueFacts(context, dev)
  }
}

function choiceWords(picture: Picture, record: RunRecord, dev: number): string {
  if (picture.devices.pathActive[dev] === 0) return 'failed'
  const words = nodeWords(picture, dev, record.result)
  if (words !== '') return words
  return isNext(picture, dev) ? 'next' : 'active'
}

function groupSection({ picture, shape }: FactContext): FactSection[] {
  const groups = [...new Set(shape.paths.map(({ group }) => group))].filter((group) => group > 0)
  if (groups.length === 0) return []
  return [
    {
      title: 'Priority groups',
      why: 'group',
      rows: groups.map((group) => {
        const bypassed = (picture.bypassedGroups & (1 << group)) !== 0
        const waits = group === picture.currentGroup ? 'current' : 'stands by'
        return {
          label: `group ${group}, ${selectorOf(picture, group)}`,
          value: bypassed ? 'bypassed' : waits,
          why: `selector:${selectorOf(picture, group)}`,
        }
      }),
    },
  ]
}

function mapFacts(context: FactContext): FactSection[] {
  const { picture, shape } = context
  const { header, mpathFlags } = picture
  const usable = shape.paths.filter(({ dev }) => picture.devices.pathActive[dev] === 1).length
  const rows: FactRow[] = [
    { label: 'mode', value: header.mode, why: `mode:${header.mode}` },
    { label: 'kernel', value: `Linux ${header.kernel}`, why: `era:${header.kernel}` },
    {
      label: 'usable paths',
      value: `${usable} of ${shape.paths.length}`,
      why: 'path',
      tone: usable === 0 ? 'bad' : 'good',
    },
    { label: 'state', value: DM_STATES[picture.dmState] ?? 'live', why: 'event:dm_state' },
  ]
  if (picture.activations > 0)
    rows.push({ label: 'activations', value: `${picture.activations} run`, why: 'pg_init' })
  const flags = Object.entries(MpathFlag).map(([name, bit]): FactRow => ({
    label: name,
    value: mpathFlags === undefined ? 'not said yet' : String((mpathFlags & bit) !== 0 ? 1 : 0),
    why: 'event:mpath_flags',
  }))
  const map = shape.map ?? 0
  return [
    { title: 'State', why: 'map', rows },
    ...groupSection(context),
    {
      title: 'What it holds back',
      rows: [
        {
          label: 'queued_bios',
          value: countText(picture.countIn(map, Place.queued_bios)),
          why: 'list:queued_bios',
        },
        { label: 'requeue_list', value: countText(picture.countIn(map, Place.requeue)), why: 'list:requeue' },
        {
          label: 'md->deferred',
          value: countText(picture.countIn(map, Place.deferred)),
          why: 'list:deferred',
        },
      ],
    },
    ...(header.mode === 'native' ? [] : [{ title: 'Flags', why: 'event:mpath_flags', rows: flags }]),
    ...timerSection(context, [map]),
    {
      title: 'Beside the kernel',
      rows: [
        {
          label: 'multipathd',
          value: 'checks and reinstates paths where the scenario runs it',
          why: 'multipathd',
        },
      ],
    },
  ]
}

const SLEEPS: Readonly<Record<number, string>> = {
  [SleepReason.io_wait]: 'waits for its I/O',
  [SleepReason.tag]: 'waits for a free tag',
  [SleepReason.sleep]: 'sleeps for a while',
  [SleepReason.join]: 'waits for another task to end',
  [SleepReason.suspend]: 'waits for the suspend',
  [SleepReason.frozen]: 'waits for a frozen queue',
  [SleepReason.work]: 'has nothing to do',
}

function taskFacts({ picture, record, timeNs }: FactContext): FactSection[] {
  const sections: FactSection[] = []
  record.tables.tasks.forEach(({ comm, pid, cpu }, at) => {
    const { sleep, sinceNs, dev, wakeDueNs } = picture.tasks.of(at)
    if (at >= picture.tasks.count && sleep === 0 && sections.length >= MOST_TASKS) return
    const rows: FactRow[] = [
      {
        label: 'now',
        value: sleep === 0 ? 'runs, or was not heard of' : (SLEEPS[sleep] ?? 'sleeps'),
        why: 'task',
      },
    ]
    if (sleep !== 0) rows.push({ label: 'for', value: durationText(Math.max(0, timeNs - sinceNs)) })
    if (sleep !== 0 && dev < picture.header.devices.length)
      rows.push({ label: 'on', value: deviceName(picture.header, dev) })
    if (wakeDueNs !== NOT_ARMED && wakeDueNs > timeNs)
      rows.push({
        label: 'wakes in',
        value: durationText(wakeDueNs - timeNs, 2),
        why: `timer:${TimerKind.sleep}`,
      })
    sections.push({ title: `${comm} · pid ${pid} · CPU ${cpu}`, rows })
  })
  return sections.slice(0, MOST_TASKS)
}

const MOST_TASKS = 24

function timerSection({ picture, timeNs }: FactContext, devs: readonly number[]): FactSection[] {
  const { devices } = picture
  const rows: FactRow[] = []
  for (const dev of new Set(devs.map((one) => devices.row(one))))
    for (const kind of Object.values(TimerKind)) {
      const due = devices.timerDueNs[kind * devices.rows + dev]!
      if (due === NOT_ARMED || due < timeNs) continue
      rows.push({
        label: TIMERS[kind] ?? 'a timer',
        value: `${durationText(due - timeNs, 3)} left`,
        why: `timer:${kind}`,
      })
    }
  return rows.length === 0 ? [] : [{ title: 'Timers', why: 'retry_timer', rows }]
}

/** Of a request that is alive: its bios in the order of their sectors, its tags, where it is. */
export function requestFacts(picture: Picture, facts: LaneFacts, id: number): FactSection | undefined {
  const row = picture.find(id)
  if (row < 0 || !isRequest(picture.slots.type[row]!)) return undefined
  const { slots, header } = picture
  const bios = picture.biosOf(row)
  const names = bios.slice(0, MOST_BIOS).map((bio) => thingName({ header, facts }, slots.id[bio]!))
  const more = bios.length > MOST_BIOS ? `, and ${bios.length - MOST_BIOS} more` : ''
  const tag = (value: number): string => (value === NO_TAG ? 'none' : String(value))
  return {
    title: 'The request',
    why: 'request',
    rows: [
      { label: 'queue', value: deviceName(header, slots.dev[row]!), why: 'queue' },
      { label: 'scheduler tag', value: tag(slots.schedTag[row]!), why: 'tags' },
      { label: 'driver tag', value: tag(slots.driverTag[row]!), why: 'tags' },
      { label: 'bios in it', value: String(bios.length), why: 'score:merges' },
      {
        label: 'in order',
        value: names.length === 0 ? 'none: it carries no data of a bio' : `${names.join(', ')}${more}`,
      },
    ],
  }
}

const MOST_BIOS = 16
