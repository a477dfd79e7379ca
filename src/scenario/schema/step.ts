/**
 * Every kind of step. Which kind a step is shows in one field, so the fitting schema is looked up by it: a fault is then
 * reported against the kind that was meant, not against twenty kinds that were not.
 */
import * as v from 'valibot'
import { listed, nearest } from '../../lib/near-miss.ts'
import type { FileStep } from '../form.ts'
import { LIMITS } from '../limits.ts'
import { ANA_STATES, ACCESS_STATES, ACTIVATION_RESULTS } from '../words.ts'
import { fioJob } from './fio-job.ts'
import { fields, listOf, numberBetween, oneOf, onlyTrue, shaped, text, whole, yesOrNo } from './primitives.ts'

type StepSchema = v.GenericSchema<unknown, FileStep>

const readOrWrite = oneOf(['R', 'W'])
const readWriteOrMixed = oneOf(['R', 'W', 'M'])
const bytes = whole(0, LIMITS.sectors * 512)
const ioBytes = whole(1, LIMITS.bytesOfIo)
const anyBytes = whole(1, LIMITS.sectors * 512)
const howMany = whole(1, LIMITS.iosInStep)
const segments = whole(1, LIMITS.segments)
const duration = whole(0, LIMITS.durationNs)
const seed = whole(0, Number.MAX_SAFE_INTEGER)
const byte = whole(0, 255)
const name = text(LIMITS.name)
const optional = v.exactOptional
/** Name of a device of device-mapper. */
const map = optional(name)

const strided = {
  op: readOrWrite,
  offset: optional(bytes),
  length: ioBytes,
  count: optional(howMany),
  stride: optional(bytes),
  descending: optional(onlyTrue),
  segments: optional(segments),
  bio_bytes: optional(whole(512, LIMITS.bytesOfIo)),
}
const loop = {
  op: readWriteOrMixed,
  length: ioBytes,
  depth: optional(whole(1, LIMITS.depthOfLoop)),
  seed: optional(seed),
  span: optional(anyBytes),
}
const buffered = { offset: optional(bytes), length: ioBytes, count: optional(howMany) }
const range = { offset: optional(bytes), length: anyBytes }
const item = fields({ op: readOrWrite, offset: optional(bytes), length: ioBytes })

/** By the word after `io`. */
export const IO_STEPS: Readonly<Record<string, StepSchema>> = {
  batch: fields({ io: v.literal('batch'), ...strided }),
  each: fields({ io: v.literal('each'), ...strided }),
  list: fields({
    io: v.literal('list'),
    items: listOf(item, 1, LIMITS.itemsInList),
    segments: optional(segments),
  }),
  wait: fields({ io: v.literal('wait') }),
  loop: fields({ io: v.literal('loop'), ...loop, count: optional(howMany) }),
  timed: fields({ io: v.literal('timed'), ...loop, duration_ns: duration, think_ns: optional(duration) }),
  sync: fields({
    io: v.literal('sync'),
    op: readOrWrite,
    offset: optional(bytes),
    length: ioBytes,
    dsync: optional(yesOrNo),
  }),
  buffered_write: fields({ io: v.literal('buffered_write'), ...buffered }),
  buffered_read: fields({ io: v.literal('buffered_read'), ...buffered }),
  fsync: fields({ io: v.literal('fsync') }),
  drop_cache: fields({ io: v.literal('drop_cache') }),
  discard: fields({ io: v.literal('discard'), ...range }),
  zeroout: fields({ io: v.literal('zeroout'), ...range }),
}

const inject = fields({
  device: name,
  command: optional(oneOf(['READ', 'WRITE', 'ANY'])),
  count: optional(whole(0, LIMITS.iosInStep)),
  status: optional(name),
  first_sector: optional(whole(0, LIMITS.sectors)),
  sectors: optional(whole(1, LIMITS.sectors)),
  probability: optional(numberBetween(0, 1)),
  seed: optional(seed),
  host_byte: optional(byte),
  driver_byte: optional(byte),
  status_byte: optional(byte),
  sense_key: optional(whole(0, 15)),
  asc: optional(byte),
  ascq: optional(byte),
})

/** By the field that makes a step what it is. */
export const OTHER_STEPS: Readonly<Record<string, StepSchema>> = {
  cpu: fields({ cpu: whole(0, LIMITS.cpus - 1) }),
  sleep_ns: fields({ sleep_ns: duration }),
  message: fields({ message: text(), map }),
  sysfs: fields({
    sysfs: shaped(/^\/sys\//, 'write a path that begins with /sys/'),
    value: v.union([seed, text()], 'write a number or a text'),
  }),
  inject: fields({ inject }),
  link: fields({ link: fields({ device: name, up: yesOrNo }) }),
  activation: fields({
    activation: fields({
      device: name,
      result: oneOf(ACTIVATION_RESULTS),
      count: optional(whole(1, 1000)),
    }),
  }),
  access_state: fields({ access_state: fields({ device: name, state: oneOf(ACCESS_STATES) }) }),
  service: fields({ service: fields({ device: name, factor: numberBetween(0.001, LIMITS.slowness) }) }),
  ana: fields({ ana: fields({ device: name, state: oneOf(ANA_STATES) }) }),
  hang: fields({
    hang: fields({ device: name, hung: optional(yesOrNo), abort: optional(oneOf(['ok', 'fails'])) }),
  }),
  suspend: fields({ suspend: fields({ noflush: optional(yesOrNo), nolockfs: optional(yesOrNo) }), map }),
  resume: fields({ resume: onlyTrue, map }),
  load: fields({ load: text(LIMITS.tableLine), map }),
  status: fields({ status: onlyTrue, map }),
  table: fields({ table: onlyTrue, map }),
  start: fields({ start: name }),
  join: fields({ join: name }),
  rescan: fields({ rescan: onlyTrue }),
  fio: fields({ fio: fioJob }),
  fio_jobs: fields({ fio_jobs: listOf(fioJob, 1, LIMITS.tasks) }),
  fio_file: fields({ fio_file: text(LIMITS.fioFile) }),
  repeat_until_done: fields({ repeat_until_done: name, do: v.lazy(() => steps) }),
}

const kinds = ['io', ...Object.keys(OTHER_STEPS)]

/** A schema that refuses everything, with a remedy. */
function refusal(remedy: string): StepSchema {
  return v.custom<FileStep>(() => false, remedy)
}

/** For a step whose `io` is none of ours: it never lets anything through, it only words the fault. */
const unknownIo = v.object({ io: oneOf(Object.keys(IO_STEPS)) }) as v.GenericSchema as StepSchema

function schemaFor(input: unknown): StepSchema {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return refusal('write an object in curly brackets')
  const own = Object.keys(input)
  if (own.includes('io')) {
    const io = (input as { readonly io?: unknown }).io
    if (typeof io === 'string' && Object.hasOwn(IO_STEPS, io)) return IO_STEPS[io]!
    return unknownIo
  }
  const kind = own.find((field) => Object.hasOwn(OTHER_STEPS, field))
  if (kind !== undefined) return OTHER_STEPS[kind]!
  const near = own.map((field) => nearest(field, kinds)).find((word) => word !== undefined)
  return refusal(
    near === undefined ? `a step has one of these fields: ${listed(kinds)}` : `did you mean "${near}"?`,
  )
}

export const step: StepSchema = v.lazy(schemaFor)
export const steps: v.GenericSchema<unknown, FileStep[]> = listOf(step, 0, LIMITS.stepsInTask)
