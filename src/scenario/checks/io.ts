/** Checks where an I/O lies: on the device, on block boundaries, in pieces that exist. */
import { type FioJob, type Scenario, type Step, topSectors } from '../../engine/index.ts'
import type { JsonPath } from '../../lib/json-text.ts'
import { problem, type Problem } from '../problems.ts'

type IoStep = Extract<Step, { readonly io: unknown }>

export interface Extent {
  readonly blockBytes: number
  readonly deviceBytes: number
}

export function extentOf(scenario: Scenario): Extent {
  const blocks = scenario.devices.map((device) => Number(device.queue['logical_block_size']))
  return { blockBytes: Math.max(512, ...blocks), deviceBytes: topSectors(scenario) * 512 }
}

export function checkIo(extent: Extent, path: JsonPath, step: IoStep): Problem[] {
  switch (step.io) {
    case 'batch':
    case 'each':
      return [
        ...aligned(extent, path, step, ['offset', 'length', 'stride']),
        ...inside(extent, path, step.offset + (step.count - 1) * step.stride + step.length),
        ...pieces(path, step.length, step.segments),
      ]
    case 'list':
      return step.items.flatMap((item, index) => [
        ...aligned(extent, [...path, 'items', index], item, ['offset', 'length']),
        ...inside(extent, [...path, 'items', index], item.offset + item.length),
        ...pieces(path, item.length, step.segments),
      ])
    case 'loop':
    case 'timed':
      return [...aligned(extent, path, step, ['length']), ...spanned(extent, path, step)]
    case 'sync':
    case 'discard':
    case 'zeroout':
      return [
        ...aligned(extent, path, step, ['offset', 'length']),
        ...inside(extent, path, step.offset + step.length),
      ]
    case 'buffered_write':
    case 'buffered_read':
      return inside(extent, path, step.offset + step.count * step.length)
    case 'wait':
    case 'fsync':
    case 'drop_cache':
      return []
  }
}

function aligned<Field extends string>(
  { blockBytes }: Extent,
  path: JsonPath,
  step: Readonly<Record<Field, number>>,
  names: readonly Field[],
): Problem[] {
  return names.flatMap((name) => {
    const bytes = step[name]
    if (bytes % blockBytes === 0) return []
    const what = `${bytes} is not a multiple of the logical block, ${blockBytes} bytes`
    const below = bytes - (bytes % blockBytes)
    return [problem([...path, name], what, `write ${below === 0 ? blockBytes : below} or another multiple`)]
  })
}

function inside({ deviceBytes }: Extent, path: JsonPath, end: number): Problem[] {
  if (end <= deviceBytes) return []
  const what = `the I/O ends at byte ${end}, but the dm device ends at ${deviceBytes}`
  return [problem(path, what, 'move it towards the start, make it smaller, or make the devices larger')]
}

function pieces(path: JsonPath, length: number, segments: number | undefined): Problem[] {
  if (segments === undefined || length % (segments * 512) === 0) return []
  const what = `${length} bytes cannot be cut into ${segments} pieces of whole sectors`
  return [
    problem([...path, 'segments'], what, `write a number of pieces that divides ${length / 512} sectors`),
  ]
}

function spanned(
  { deviceBytes }: Extent,
  path: JsonPath,
  { span, length }: { readonly span: number; readonly length: number },
): Problem[] {
  if (span < length)
    return [
      problem([...path, 'span'], `${span} is less than one I/O, ${length} bytes`, `write at least ${length}`),
    ]
  if (span <= deviceBytes) return []
  const what = `${span} bytes reach beyond the dm device, which has ${deviceBytes}`
  return [problem([...path, 'span'], what, `write at most ${deviceBytes}`)]
}

/** How many I/Os a step asks for, as far as it says. */
export function countIos(step: Step): number {
  if ('repeat_until_done' in step) return step.do.reduce((sum, inner) => sum + countIos(inner), 0)
  if ('fio' in step) return iosOf(step.fio)
  if ('fio_jobs' in step) return step.fio_jobs.reduce((sum, job) => sum + iosOf(job), 0)
  if (!('io' in step)) return 0
  if (step.io === 'list') return step.items.length
  return 'count' in step ? step.count : 1
}

/** A job that is held to a time asks for as many as that time allows; the limit on events ends it. */
function iosOf({ size, bs, loops, numjobs, runtime_ns }: FioJob): number {
  if (size === undefined || runtime_ns !== undefined) return numjobs ?? 1
  const block = typeof bs === 'number' ? bs : Math.min(bs.read, bs.write)
  return Math.ceil(size / block) * (loops ?? 1) * (numjobs ?? 1)
}
