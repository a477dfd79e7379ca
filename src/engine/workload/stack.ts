/** The devices of a run: paths, the dm device over them, and how names lead to them. */
import { BlockSoftirq } from '../block/complete.ts'
import type { BlockDevice } from '../block/block-device.ts'
import { MappedDevice } from '../dm/mapped-device.ts'
import { parseMultipathTable } from '../dm/mpath/table.ts'
import type { DriverWorld } from '../drivers/disk.ts'
import { NullBlkDisk } from '../drivers/null-blk.ts'
import { NvmeDisk } from '../drivers/nvme.ts'
import type { PathDevice } from '../drivers/path-device.ts'
import { ScsiDebugDisk } from '../drivers/scsi-debug.ts'
import { assertNever } from '../../lib/assert-never.ts'
import { EventKind, type QueueMode } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { Scenario, ScenarioDevice } from '../scenario.ts'
import { PageCache } from './page-cache.ts'
import type { SysfsTarget } from './sysfs.ts'

/** Index of the dm device in the log; paths follow in the order of the scenario. */
export const DM_INDEX = 0

export class Stack {
  private readonly found: PathDevice[]
  private readonly world: DriverWorld
  private readonly specs: readonly ScenarioDevice[]
  readonly md: MappedDevice
  /** Page cache of the device that applications use. */
  readonly cache: PageCache
  /** Name of the map, as dmsetup knows it. */
  readonly dmName: string

  constructor(m: Machine, scenario: Scenario, mode: QueueMode) {
    const softirqs = m.cpus.map((cpu) => new BlockSoftirq(m, cpu))
    this.specs = scenario.devices
    this.world = {
      m,
      softirqs,
      seed: scenario.seed,
      backEnds: new Map(),
      rediscover: (index) => {
        this.rediscover(index)
      },
    }
    this.found = scenario.devices.map((spec, i) => createPath(this.world, DM_INDEX + 1 + i, spec))
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

  /** The path devices as the system knows them now, in the order of the scenario. */
  get paths(): readonly PathDevice[] {
    return this.found
  }

  /**
   * A device that was removed is there again: a new one, under the old name and number. A table that is live keeps the
   * dead one; the next that is loaded finds the new.
   */
  private rediscover(index: number): void {
    const at = index - DM_INDEX - 1
    const path = createPath(this.world, index, this.specs[at]!)
    this.found[at] = path
    this.world.m.log.emit(EventKind.device_state, index, 0, 0, 0, 0, 0, path.state)
  }

  /** A scan of all hosts: what was removed and can be reached is found again. */
  rescan(): void {
    for (const path of this.found) if (!path.alive && path.reachable) this.rediscover(path.index)
  }

  /** A timer of a path runs, so that waiting is not in vain. */
  get timerRuns(): boolean {
    return this.found.some((path) => path.timerRuns)
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

function createPath(world: DriverWorld, index: number, spec: ScenarioDevice): PathDevice {
  switch (spec.driver) {
    case 'scsi_debug':
      return new ScsiDebugDisk(world, index, spec)
    case 'null_blk':
      return new NullBlkDisk(world, index, spec)
    case 'nvme':
      return new NvmeDisk(world, index, spec)
    default:
      return assertNever(spec.driver)
  }
}
