/**
 * What the defaults make of a draft, as far as it can be read: names and presets of its devices, its table. For
 * placeholders and explanations; whether the draft runs is judged elsewhere, by resolve.ts.
 */
import * as v from 'valibot'
import { DEFAULT_KERNEL, KERNELS, type KernelProfile, type QueueAttributes } from '../../engine/index.ts'
import { fillDevices } from '../fill/devices.ts'
import { fillDm } from '../fill/dm.ts'
import { fillStack } from '../fill/stack.ts'
import { Filler } from '../fill/filler.ts'
import type { FileDevice } from '../form.ts'
import { LIMITS } from '../limits.ts'
import { presetOf, queueDefaults, type Driver } from '../presets.ts'
import { device, dm, stackDevice } from '../schema/device.ts'
import { DRIVERS } from '../words.ts'
import { isObject, listAt, valueAt } from './document.ts'

export interface DeviceFacts {
  readonly name: string
  readonly dev: string
  readonly driver: Driver
  readonly sectors: number
  readonly queueDepth: number
  /** Kind of its model of service times. */
  readonly completion: string
  /** What each limit is when the file does not say. */
  readonly presets: QueueAttributes
}

export interface NamedDevice {
  readonly name: string
  readonly dev: string
}

export interface DraftFacts {
  readonly kernel: KernelProfile
  readonly devices: readonly DeviceFacts[]
  /** Volumes and partitions over the map and under it. */
  readonly stack: readonly NamedDevice[]
  readonly map: NamedDevice
  /** The table that stands where the file has none. */
  readonly table: string
}

export const KERNEL_NAMES: readonly string[] = [...KERNELS.keys()]

export function factsOf(document: unknown): DraftFacts {
  const kernel = KERNELS.get(String(valueAt(document, ['kernel']))) ?? KERNELS.get(DEFAULT_KERNEL)!
  const given = listAt(document, ['devices']).slice(0, LIMITS.devices).map(readable)
  const filled = fillDevices(new Filler(), given, kernel)
  const devices = filled.map((found, index): DeviceFacts => {
    const { name, dev, driver, sectors } = found
    const depth = found.host_tags ?? found.queue_depth
    const presets = presetsOf(driver, kernel, given[index]?.queue ?? {}, depth)
    return {
      name,
      dev,
      driver,
      sectors,
      queueDepth: found.queue_depth,
      completion: found.completion.kind,
      presets,
    }
  })
  if (filled.length === 0) return { kernel, devices, stack: [], map: { name: 'mp', dev: '253:0' }, table: '' }
  const { name, dev } = sound(dm, valueAt(document, ['dm'])) ?? {}
  const map = fillDm(
    new Filler(),
    { ...(name === undefined ? {} : { name }), ...(dev === undefined ? {} : { dev }) },
    filled,
    kernel,
  )
  const over = listAt(document, ['stack'])
    .slice(0, LIMITS.stack)
    .flatMap((entry) => sound(stackDevice, entry) ?? [])
  const stack = fillStack(new Filler(), over, filled, map)
  return { kernel, devices, stack, map, table: map.table }
}

function sound<T>(schema: v.GenericSchema<unknown, T>, value: unknown): T | undefined {
  const parsed = v.safeParse(schema, value)
  return parsed.success ? parsed.output : undefined
}

/** The device where it is sound, else those fields of it that name it. */
function readable(raw: unknown): FileDevice {
  const whole = sound(device, raw)
  if (whole !== undefined) return whole
  if (!isObject(raw)) return {}
  const { name, dev, driver } = raw
  const only = {
    ...(isText(name) ? { name } : {}),
    ...(isText(dev) ? { dev } : {}),
    ...(isDriver(driver) ? { driver } : {}),
  }
  return v.is(device, only) ? only : {}
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isDriver(value: unknown): value is Driver {
  return (DRIVERS as readonly unknown[]).includes(value)
}

/** Some limits follow from others that are given; none from itself. */
function presetsOf(
  driver: Driver,
  kernel: KernelProfile,
  given: QueueAttributes,
  depth: number,
): QueueAttributes {
  const preset = presetOf(driver, kernel)
  const all = queueDefaults(preset, given, depth)
  const own = Object.keys(given).map((name) => {
    const others = Object.fromEntries(Object.entries(given).filter(([other]) => other !== name))
    return [name, queueDefaults(preset, others, depth)[name] ?? ''] as const
  })
  return { ...all, ...Object.fromEntries(own.filter(([, value]) => value !== '')) }
}
