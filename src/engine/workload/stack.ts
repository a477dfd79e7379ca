/** The devices of a run: paths, the dm device over them, and how names lead to them. */
import { BlockSoftirq } from '../block/complete.ts'
import type { BlockDevice } from '../block/block-device.ts'
import { MappedDevice } from '../dm/mapped-device.ts'
import { parseMultipathTable } from '../dm/mpath/table.ts'
import { NullBlkDisk } from '../drivers/null-blk.ts'
import type { PathDevice } from '../drivers/path-device.ts'
import { ScsiDebugDisk } from '../drivers/scsi-debug.ts'
import type { QueueMode } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { Scenario, ScenarioDevice } from '../scenario.ts'
import { PageCache } from './page-cache.ts'
import type { SysfsTarget } from './sysfs.ts'

/** Index of the dm device in the log; paths follow in the order of the scenario. */
export const DM_INDEX = 0

export class Stack {
  readonly paths: readonly PathDevice[]
  readonly md: MappedDevice
  /** Page cache of the device that applications use. */
  readonly cache: PageCache
  /** Name of the map, as dmsetup knows it. */
  readonly dmName: string

  constructor(m: Machine, scenario: Scenario, mode: QueueMode) {
    const softirqs = m.cpus.map((cpu) => new BlockSoftirq(m, cpu))
    this.paths = scenario.devices.map((spec, i) => createPath(m, softirqs, DM_INDEX + 1 + i, spec))
    this.dmName = scenario.dm.name
    const table = parseMultipathTable(scenario.dm.table, mode, m.profile, this.pathDevs, 'dm.table')
    const spec = {
      index: DM_INDEX,
      name: 'dm-0',
      dev: scenario.dm.dev,
      sizeSectors: scenario.dm.sectors,
      parameters: {
        noPathTimeoutSecs: scenario.module_parameters['dm_multipath.queue_if_no_path_timeout_secs'] ?? 0,
      },
    }
    this.md = new MappedDevice(m, softirqs, spec, table, (dev) =>
      this.paths.find((path) => path.dev === dev)!,
    )
    this.cache = new PageCache(m, this.md)
  }

  /** The device that applications use. */
  get top(): BlockDevice {
    return this.md
  }

  /** read_ahead_kb of the dm device in pages: the largest of its paths'. */
  get readAheadPages(): number {
    return Math.max(...this.paths.map((path) => path.readAheadKb)) / 4
  }

  get pathDevs(): readonly string[] {
    return this.paths.map((path) => path.dev)
  }

  pathNamed(name: string): PathDevice | undefined {
    return this.paths.find((path) => path.name === name)
  }

  /** `/sys/block/NAME/queue/ATTRIBUTE`, `/sys/block/NAME/device/ATTRIBUTE`; undefined when there is no such device. */
  sysfsTarget(path: string): SysfsTarget | undefined {
    const match = /^\/sys\/block\/([\w-]+)\/(queue|device)\/(\w+)$/.exec(path)
    if (!match) return undefined
    const [, name, folder, attribute] = match
    const device = name === this.md.name ? this.md : this.pathNamed(name ?? '')
    return device && { device, folder: folder as SysfsTarget['folder'], attribute: attribute! }
  }

  /** True when no request exists anywhere and the dm device holds nothing. */
  get idle(): boolean {
    const held = (this.md.bioPart?.queuedBios.length ?? 0) + (this.md.bioPart?.deferred.length ?? 0)
    if (held > 0 || this.md.inFlight > 0 || this.md.queue.requestsInUse > 0) return false
    return this.paths.every((path) => path.queue.requestsInUse === 0)
  }
}

function createPath(
  m: Machine,
  softirqs: readonly BlockSoftirq[],
  index: number,
  spec: ScenarioDevice,
): PathDevice {
  switch (spec.driver) {
    case 'scsi_debug':
      return new ScsiDebugDisk(m, softirqs, index, spec)
    case 'null_blk':
      return new NullBlkDisk(m, index, spec)
  }
}
