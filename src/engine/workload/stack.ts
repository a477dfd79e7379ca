/** The devices of a run: paths, the dm device over them, and how names lead to them. */
import { BlockSoftirq } from '../block/complete.ts'
import type { BlockDevice } from '../block/block-device.ts'
import { MappedDevice } from '../dm/mapped-device.ts'
import { parseMultipathTable } from '../dm/mpath/table.ts'
import { describePath } from '../describe.ts'
import type { DriverWorld } from '../drivers/disk.ts'
import { NullBlkDisk } from '../drivers/null-blk.ts'
import { NvmeDisk } from '../drivers/nvme.ts'
import type { PathDevice } from '../drivers/path-device.ts'
import { ScsiDebugDisk } from '../drivers/scsi-debug.ts'
import { sdName } from '../drivers/sd-name.ts'
import { assertNever } from '../../lib/assert-never.ts'
import { EventKind, type QueueMode } from '../log/index.ts'
import { tableMode } from '../kernel/choose.ts'
import type { Machine } from '../machine.ts'
import type { Scenario, ScenarioDevice } from '../scenario.ts'
import { PageCache } from './page-cache.ts'
import { SYSFS_FILE, type SysfsTarget } from './sysfs.ts'

/** Index of the dm device in the log; paths follow in the order of the scenario. */
export const DM_INDEX = 0

export class Stack {
  /** At `index - 1`: a disk that gets the name and number of a former one takes its place. */
  private readonly found: PathDevice[]
  private readonly world: DriverWorld
  /** What each device of the scenario is now. */
  private readonly slots: { readonly spec: ScenarioDevice; disk: PathDevice }[]
  /** The scenario's table line. */
  private readonly firstTable: string
  readonly md: MappedDevice
  /** Page cache of the device that applications use. */
  readonly cache: PageCache
  /** Name of the map, as dmsetup knows it. */
  readonly dmName: string

  constructor(m: Machine, scenario: Scenario, mode: QueueMode) {
    const softirqs = m.cpus.map((cpu) => new BlockSoftirq(m, cpu))
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
    this.slots = scenario.devices.map((spec, i) => ({ spec, disk: this.found[i]! }))
    this.firstTable = scenario.dm.table
    this.dmName = scenario.dm.name
    const table = parseMultipathTable(scenario.dm.table, tableMode(m.profile, mode), m.profile, this.pathDevs, 'dm.table')
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

  /** The path devices that there are, in the order of their indices; a deleted one stays while its name is in use. */
  get paths(): readonly PathDevice[] {
    return this.found
  }

  /** A scan of all hosts: what was removed and can be reached is found again. */
  rescan(): void {
    for (const { disk } of this.slots) if (!disk.alive && disk.reachable) this.rediscover(disk.index)
  }

  /**
   * A device that was removed is there again, as a new one. A SCSI disk gets the first name and number that nobody has,
   * and a deleted disk has its own as long as a table holds it: a live table keeps the dead one. A controller of NVMe
   * comes back under the name it had.
   */
  private rediscover(index: number): void {
    const slot = this.slots.find(({ disk }) => disk.index === index)
    if (slot === undefined) return
    const { m } = this.world
    const known = this.found.length
    slot.disk = slot.spec.driver === 'scsi_debug' ? this.discover(slot.spec) : this.place(index, slot.spec)
    if (slot.disk.index > known) m.tables.devices.push(describePath(slot.disk))
    m.log.emit(EventKind.device_state, slot.disk.index, 0, 0, 0, 0, 0, slot.disk.state)
  }

  private discover(spec: ScenarioDevice): PathDevice {
    let number = 0
    while (this.isTaken(sdName(number).dev)) number++
    const { name, dev } = sdName(number)
    const former = this.found.find((path) => path.dev === dev)
    return this.place(former?.index ?? DM_INDEX + 1 + this.found.length, { ...spec, name, dev })
  }

  private place(index: number, spec: ScenarioDevice): PathDevice {
    const disk = createPath(this.world, index, spec)
    this.found[index - DM_INDEX - 1] = disk
    return disk
  }

  private isTaken(dev: string): boolean {
    const disk = this.found.find((path) => path.dev === dev)
    if (disk === undefined) return false
    const { target, inactiveTable } = this.md
    const held = target.paths.some((path) => path.device === disk)
    const loaded = inactiveTable?.groups.some((group) => group.paths.some((path) => path.dev === dev))
    return disk.alive || held || loaded === true
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

  /** The scenario's table over the disks that its devices are now. */
  get presentTable(): string {
    const now = new Map(this.slots.map(({ spec, disk }) => [spec.dev, disk.dev]))
    return this.firstTable.replaceAll(/\d+:\d+/g, (dev) => now.get(dev) ?? dev)
  }

  /** What is at the end of the cable of a device of the scenario, or a disk that was found later. */
  behind(name: string): PathDevice | undefined {
    return this.slots.find(({ spec }) => spec.name === name)?.disk ?? this.pathNamed(name)
  }

  /**
   * `/sys/block/NAME/queue/ATTRIBUTE`, `/sys/block/NAME/device/ATTRIBUTE`; empty when there is no such device. NAME with
   * a `*` is what a shell makes of it: every device of that name that is there. The name of a disk of the scenario that
   * was deleted and found again is the disk it is now, as for a script that lists its disks again after a scan.
   */
  sysfsTargets(path: string): SysfsTarget[] {
    const match = SYSFS_FILE.exec(path)
    if (!match) return []
    const [, name, folder, attribute] = match
    return this.devicesNamed(name!).map((device) => ({
      device,
      folder: folder as SysfsTarget['folder'],
      attribute: attribute!,
    }))
  }

  private devicesNamed(name: string): readonly (PathDevice | MappedDevice)[] {
    if (name === this.md.name) return [this.md]
    if (name.includes('*')) {
      const pattern = new RegExp(`^${name.replaceAll('*', '.*')}$`)
      return this.paths.filter((disk) => disk.alive && pattern.test(disk.name))
    }
    const disk = this.pathNamed(name)
    if (disk?.alive) return [disk]
    const successor = this.slots.find(({ spec }) => spec.name === name)?.disk ?? disk
    return successor ? [successor] : []
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
