/** Completes steps: an I/O stands at 0, once, one after the other without a gap, unless it says otherwise. */
import type { InjectedError, IoItem, Step } from '../../engine/index.ts'
import type { JsonPath } from '../../lib/json-text.ts'
import type { FileInject, FileItem, FileStep } from '../form.ts'
import { parseFioFile } from '../fio/parse.ts'
import type { Filler } from './filler.ts'

/** What the defaults of loops depend on. */
export interface StepContext {
  readonly filler: Filler
  readonly topBytes: number
  readonly seed: number
}

const SOURCE = 'the form of a step'

export function fillSteps(context: StepContext, path: JsonPath, steps: readonly FileStep[]): Step[] {
  return steps.map((step, index) => fillStep(context, [...path, index], step))
}

function fillStep(context: StepContext, path: JsonPath, step: FileStep): Step {
  if ('io' in step) return fillIo(context, path, step)
  if ('inject' in step) return { inject: fillInject(context, [...path, 'inject'], step.inject) }
  if ('hang' in step) {
    const { device, hung, abort } = step.hang
    const at = [...path, 'hang']
    return {
      hang: {
        device,
        hung: context.filler.value([...at, 'hung'], hung, SOURCE, true),
        abort: context.filler.value([...at, 'abort'], abort, SOURCE, 'ok'),
      },
    }
  }
  if ('activation' in step) {
    const { count, ...rest } = step.activation
    const at = [...path, 'activation', 'count']
    return { activation: { ...rest, count: context.filler.value(at, count, SOURCE, 1) } }
  }
  if ('suspend' in step) {
    const within = (name: 'noflush' | 'nolockfs'): boolean =>
      context.filler.value([...path, 'suspend', name], step.suspend[name], SOURCE, false)
    return { ...step, suspend: { noflush: within('noflush'), nolockfs: within('nolockfs') } }
  }
  if ('fio_file' in step) return fillFioFile(context, [...path, 'fio_file'], step.fio_file)
  if ('repeat_until_done' in step) return { ...step, do: fillSteps(context, [...path, 'do'], step.do) }
  return step
}

/** A job file becomes its jobs; checks/fio-files.ts has seen before that it can be read. */
function fillFioFile({ filler, topBytes }: StepContext, path: JsonPath, text: string): Step {
  const parsed = parseFioFile(text, topBytes)
  if (!parsed.ok) return { fio_jobs: [] }
  for (const { line, text: option } of parsed.withoutEffect)
    filler.value([...path, `line ${line}`], undefined, 'an option of fio without effect here', option)
  return { fio_jobs: parsed.jobs }
}

type FileIo = Extract<FileStep, { readonly io: unknown }>

function fillIo(context: StepContext, path: JsonPath, step: FileIo): Step {
  const take = <T>(name: string, given: T | undefined, byDefault: T, source = SOURCE): T =>
    context.filler.value([...path, name], given, source, byDefault)
  switch (step.io) {
    case 'batch':
    case 'each':
      return {
        ...step,
        offset: take('offset', step.offset, 0),
        count: take('count', step.count, 1),
        stride: take('stride', step.stride, step.length),
      }
    case 'list':
      return {
        ...step,
        items: step.items.map((item, index) => fillItem(context, [...path, 'items', index], item)),
      }
    case 'loop':
      return { ...step, count: take('count', step.count, 1), ...random(context, path, step) }
    case 'timed':
      return { ...step, think_ns: take('think_ns', step.think_ns, 0), ...random(context, path, step) }
    case 'sync':
      return {
        ...step,
        offset: take('offset', step.offset, 0),
        dsync: take('dsync', step.dsync, false),
      }
    case 'buffered_write':
    case 'buffered_read':
      return { ...step, offset: take('offset', step.offset, 0), count: take('count', step.count, 1) }
    case 'discard':
    case 'zeroout':
      return { ...step, offset: take('offset', step.offset, 0) }
    case 'wait':
    case 'fsync':
    case 'drop_cache':
      return step
  }
}

function random(
  context: StepContext,
  path: JsonPath,
  step: Extract<FileIo, { readonly io: 'loop' | 'timed' }>,
): { readonly depth: number; readonly seed: number; readonly span: number } {
  const { filler, topBytes, seed } = context
  const span = Math.max(step.length, topBytes - (topBytes % step.length))
  return {
    depth: filler.value([...path, 'depth'], step.depth, SOURCE, 1),
    seed: filler.value([...path, 'seed'], step.seed, 'the seed of the scenario', seed),
    span: filler.value([...path, 'span'], step.span, 'the size of the device', span),
  }
}

function fillItem({ filler }: StepContext, path: JsonPath, item: FileItem): IoItem {
  return { ...item, offset: filler.value([...path, 'offset'], item.offset, SOURCE, 0) }
}

type InjectedByte = 'host_byte' | 'driver_byte' | 'status_byte' | 'sense_key' | 'asc' | 'ascq'

function fillInject({ filler }: StepContext, path: JsonPath, given: FileInject): InjectedError {
  const take = (name: InjectedByte | 'count', byDefault: number): number =>
    filler.value([...path, name], given[name], SOURCE, byDefault)
  return {
    ...given,
    command: filler.value([...path, 'command'], given.command, SOURCE, 'ANY'),
    count: take('count', 1),
    host_byte: take('host_byte', 0),
    driver_byte: take('driver_byte', 0),
    status_byte: take('status_byte', 0),
    sense_key: take('sense_key', 0),
    asc: take('asc', 0),
    ascq: take('ascq', 0),
  }
}
