/** Completes the devices: names and numbers in the kernel's order, everything else from the preset. */
import type { Completion, KernelProfile, ScenarioDevice, TransportSpec } from '../../engine/index.ts'
import type { JsonPath } from '../../lib/json-text.ts'
import type { FileDevice, FileTransport } from '../form.ts'
import { diskName, driverOfName } from '../names.ts'
import {
  completionOf,
  presetOf,
  queueDefaults,
  transportOf,
  type DevicePreset,
  type Driver,
} from '../presets.ts'
import type { Filler } from './filler.ts'

export function fillDevices(
  filler: Filler,
  devices: readonly FileDevice[],
  kernel: KernelProfile,
): ScenarioDevice[] {
  const namer = new Namer(devices)
  return devices.map((given, index) => {
    const path = ['devices', index]
    const driver = driverOf(filler, path, given)
    const source = `preset ${driver}, kernel ${kernel.version}`
    const { name, dev } = namer.complete(filler, path, given, driver)
    return { name, dev, driver, ...restOf(filler, path, given, presetOf(driver, kernel), source) }
  })
}

function driverOf(filler: Filler, path: JsonPath, given: FileDevice): Driver {
  const byName = given.name === undefined ? undefined : driverOfName(given.name)
  const source = byName === undefined ? 'the form' : `the name ${given.name ?? ''}`
  return filler.value([...path, 'driver'], given.driver, source, byName ?? 'scsi_debug')
}

type Rest = Omit<ScenarioDevice, 'name' | 'dev' | 'driver'>

function restOf(
  filler: Filler,
  path: JsonPath,
  given: FileDevice,
  preset: DevicePreset,
  source: string,
): Rest {
  const { completion: _completion, transport: _transport, ...plain } = given
  const take = <T>(name: string, value: T | undefined, byDefault: T): T =>
    filler.value([...path, name], value, source, byDefault)
  const queueDepth = take('queue_depth', given.queue_depth, preset.queueDepth)
  const hostTags =
    preset.hostTags === undefined ? given.host_tags : take('host_tags', given.host_tags, preset.hostTags)
  const scsiState =
    preset.scsiState === undefined ? given.scsi_state : take('scsi_state', given.scsi_state, preset.scsiState)
  return {
    ...plain,
    sectors: take('sectors', given.sectors, preset.sectors),
    queue: queueOf(filler, path, given, preset, hostTags ?? queueDepth, source),
    queue_depth: queueDepth,
    ...(hostTags === undefined ? {} : { host_tags: hostTags }),
    hw_queues: take('hw_queues', given.hw_queues, preset.hwQueues),
    completion: completionIn(filler, path, given, preset, source),
    ...(given.transport === undefined ? {} : { transport: transportIn(filler, path, given.transport) }),
    ...(scsiState === undefined ? {} : { scsi_state: scsiState }),
  }
}

function completionIn(
  filler: Filler,
  path: JsonPath,
  { completion }: FileDevice,
  preset: DevicePreset,
  source: string,
): Completion {
  if (completion === undefined)
    return filler.value([...path, 'completion'], undefined, source, preset.completion)
  return completed(filler, [...path, 'completion'], completion, completionOf(completion))
}

function transportIn(filler: Filler, path: JsonPath, given: FileTransport): TransportSpec {
  return completed(filler, [...path, 'transport'], given, transportOf(given))
}

/** Remembers which parameters of a model were not given. */
function completed<T extends { readonly kind: string }>(
  filler: Filler,
  path: JsonPath,
  given: object,
  whole: T,
): T {
  for (const [name, value] of Object.entries(whole))
    if (!(name in given)) filler.value([...path, name], undefined, `preset ${whole.kind}`, value)
  return whole
}

function queueOf(
  filler: Filler,
  path: JsonPath,
  device: FileDevice,
  preset: DevicePreset,
  depth: number,
  source: string,
): ScenarioDevice['queue'] {
  const given = device.queue ?? {}
  const queue: Record<string, number | string> = { ...given }
  for (const [name, value] of Object.entries(queueDefaults(preset, given, depth)))
    queue[name] = filler.value([...path, 'queue', name], given[name], source, value)
  return queue
}

/** Hands out names and numbers in order, passing over those that the file itself uses. */
class Namer {
  private readonly taken: Set<string>
  private readonly next: Record<Driver, number> = { scsi_debug: 0, null_blk: 0, nvme: 0 }

  constructor(devices: readonly FileDevice[]) {
    this.taken = new Set(devices.flatMap(({ name, dev }) => [name, dev]).filter((word) => word !== undefined))
  }

  complete(
    filler: Filler,
    path: JsonPath,
    given: FileDevice,
    driver: Driver,
  ): { readonly name: string; readonly dev: string } {
    if (given.name !== undefined && given.dev !== undefined) return { name: given.name, dev: given.dev }
    const disk = this.matching(given, driver) ?? this.free(given, driver)
    this.taken.add(disk.name).add(disk.dev)
    return {
      name: filler.value([...path, 'name'], given.name, `names of ${driver}`, disk.name),
      dev: filler.value([...path, 'dev'], given.dev, `numbers of ${driver}`, disk.dev),
    }
  }

  /** sdc is 8:32 and 8:32 is sdc, as long as nobody else is. */
  private matching(given: FileDevice, driver: Driver): { name: string; dev: string } | undefined {
    for (let index = 0; index < 256; index++) {
      const disk = diskName(driver, index)
      if (disk.name === given.name) return this.taken.has(disk.dev) ? undefined : disk
      if (disk.dev === given.dev) return this.taken.has(disk.name) ? undefined : disk
    }
    return undefined
  }

  private free(given: FileDevice, driver: Driver): { name: string; dev: string } {
    for (;;) {
      const disk = diskName(driver, this.next[driver]++)
      const nameFree = given.name !== undefined || !this.taken.has(disk.name)
      const devFree = given.dev !== undefined || !this.taken.has(disk.dev)
      if (nameFree && devFree) return disk
    }
  }
}
