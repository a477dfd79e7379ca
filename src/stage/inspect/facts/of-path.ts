/** Facts of a path: what multipath and the device say of it, what its selector goes by, what was counted on it. */
import { DeviceState } from '../../../engine/log/index.ts'
import { Counter } from '../../../record/counters.ts'
import type { Picture } from '../../../record/picture.ts'
import { Place } from '../../../record/places.ts'
import { idleWords } from '../../idle.ts'
import { isPaceWritten, paceText } from '../../pace-words.ts'
import { selectorArgs } from '../../selector-args.ts'
import { isNext, nodeWords, selectorOf } from '../../selector-words.ts'
import { DEVICE_STATES } from '../../sentences/codes.ts'
import { tagText } from '../../tag-count.ts'
import { bytesText, countText, sizeText } from '../../words.ts'
import { timerSection } from './of-timers.ts'
import type { FactContext, FactRow, FactSection } from './section.ts'

export function pathFacts(context: FactContext, dev: number): FactSection[] {
  const { picture, shape } = context
  const disk = shape.paths.find((one) => one.dev === dev)?.disk ?? dev
  return [
    stateSection(context, dev, disk),
    ...(shape.map === undefined ? [] : [selectorSection(context, dev)]),
    { title: 'Counted so far, simulated', rows: pathCounts(picture, dev, disk) },
    ...timerSection(context, [dev, disk]),
    diskSection(picture, disk),
  ]
}

function stateSection({ picture, shape }: FactContext, dev: number, disk: number): FactSection {
  const { devices } = picture
  const state = devices.state[disk]!
  const idle = idleWords(picture, dev, disk, shape.map)
  const rows: FactRow[] = shape.map === undefined ? [] : multipathRows(picture, dev)
  rows.push({
    label: 'the device is',
    value: DEVICE_STATES[state] ?? 'in another state',
    why: 'event:device_state',
    tone: state === DeviceState.running ? 'good' : 'bad',
  })
  if (devices.silent[disk] === 1)
    rows.push({
      label: 'it answers',
      value: 'nothing; the kernel is not told',
      why: 'event:silent',
      tone: 'bad',
    })
  if (devices.cableOut[disk] === 1)
    rows.push({
      label: 'its cable',
      value: 'is out',
      why: 'event:cable',
      tone: 'bad',
    })
  if (!isPaceWritten(devices.pace[disk]!))
    rows.push({ label: 'it', value: paceText(devices.pace[disk]!), why: 'event:pace', tone: 'bad' })
  if (devices.activating[dev] === 1)
    rows.push({ label: 'activation', value: 'runs (pg_init)', why: 'pg_init' })
  if (idle !== '') rows.push({ label: 'now', value: idle })
  return { title: 'State', why: 'path', rows }
}

function multipathRows({ devices }: Picture, dev: number): FactRow[] {
  const active = devices.pathActive[dev] === 1
  return [
    {
      label: 'multipath takes it for',
      value: active ? 'active' : 'failed',
      why: 'path',
      tone: active ? 'good' : 'bad',
    },
    { label: 'fail_count', value: String(devices.failCount[dev]), why: 'path' },
    { label: 'priority group', value: String(devices.group[dev]), why: 'group' },
  ]
}

function selectorSection({ picture, record }: FactContext, dev: number): FactSection {
  const { devices, header } = picture
  const selector = selectorOf(picture, devices.group[dev]!)
  const why = `selector:${selector}`
  const rows: FactRow[] = [
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
  if (words !== '') rows.push({ label: `what ${selector} sees`, value: words, why })
  if (isNext(picture, dev)) rows.push({ label: 'in line', value: 'it is next', why })
  const [, throughput] = selectorArgs(header, record.result, dev)
  if (throughput !== undefined && selector === 'service-time')
    rows.push({ label: 'relative throughput', value: throughput, why })
  return { title: `Selector: ${selector}`, why, rows }
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

function diskSection(picture: Picture, disk: number): FactSection {
  const info = picture.header.devices[disk]
  return {
    title: 'The device',
    why: 'list:device',
    rows: [
      { label: 'driver', value: info?.driver ?? '' },
      {
        label: 'commands in it',
        value: `${picture.countIn(disk, Place.device)} of ${picture.devices.queueDepth[disk]}`,
        why: 'queue_depth',
      },
      { label: 'tags', value: tagText(picture, disk), why: 'tags' },
      { label: 'size', value: sizeText(info?.sizeSectors ?? 0) },
    ],
  }
}
