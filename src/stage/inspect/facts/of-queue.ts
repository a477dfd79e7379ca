/** Facts of the queue of a device: what its lists hold, how it works, its limits as sysfs names them. */
import { durationText } from '../../../lib/duration.ts'
import { dispatchBusy, queueInside } from '../../queue-inside.ts'
import { tagText } from '../../tag-count.ts'
import { timerSection } from './of-timers.ts'
import type { FactContext, FactRow, FactSection } from './section.ts'

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

/** Limits that have an answer to "why?". */
const KNOWN_LIMITS: ReadonlySet<string> = new Set([
  'max_sectors_kb',
  'max_segments',
  'chunk_sectors',
  'virt_boundary_mask',
  'discard_max_bytes',
  'write_zeroes_max_bytes',
])

export function queueFacts(context: FactContext, dev: number): FactSection[] {
  const device = context.picture.header.devices[dev]
  return [
    { title: 'What is in it', why: 'queue', rows: listRows(context, dev) },
    { title: 'How it works', why: 'queue', rows: workingRows(context, dev) },
    { title: `Limits, as in /sys/block/${device?.name ?? ''}/queue`, rows: limitRows(context, dev) },
    ...timerSection(context, [dev]),
  ].filter(({ rows }) => rows.length > 0)
}

function listRows({ picture, record, timeNs }: FactContext, dev: number): FactRow[] {
  return queueInside(picture, record, dev)
    .lists.filter(({ name }) => name !== 'fifo')
    .map(({ name, items, dueNs }): FactRow => {
      const timer = dueNs === undefined || dueNs < timeNs ? '' : ` · timer ${durationText(dueNs - timeNs, 2)}`
      const bios = items.reduce((sum, one) => sum + one.bios, 0)
      const held = bios > items.length ? ` · ${bios} bios` : ''
      return { label: LIST_NAMES[name] ?? name, value: `${items.length}${held}${timer}`, why: `list:${name}` }
    })
}

function workingRows({ picture, record }: FactContext, dev: number): FactRow[] {
  const { devices, header } = picture
  const device = header.devices[dev]
  const row = devices.row(dev)
  const rows: FactRow[] = [
    { label: 'scheduler', value: device?.scheduler ?? 'none: bio-based', why: 'queue' },
    { label: 'nr_requests', value: String(devices.nrRequests[row] ?? 0), why: 'tags' },
    { label: 'tags in use', value: tagText(picture, dev), why: 'tags' },
  ]
  if (device?.role === 'path')
    rows.push({ label: 'queue_depth', value: String(devices.queueDepth[row]!), why: 'queue_depth' })
  if (device?.scheduler !== undefined)
    rows.push({
      label: 'dispatch_busy',
      value: String(dispatchBusy(record, picture.index, dev)),
      why: 'dispatch_busy',
    })
  return rows
}

function limitRows({ picture }: FactContext, dev: number): FactRow[] {
  return Object.entries(picture.header.devices[dev]?.limits ?? {}).map(([name, value]) => ({
    label: name,
    value: String(value),
    ...(KNOWN_LIMITS.has(name) ? { why: `limit:${name}` } : {}),
  }))
}
