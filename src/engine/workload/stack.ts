/** The devices of a run: disks, what is made of them, and how names lead to them. */
import { BlockSoftirq } from '../block/complete.ts'
import type { BlockDevice } from '../block/block-device.ts'
import { Partition } from '../block/partition.ts'
import type { DmTable, KnownDevice } from '../dm/dm-table.ts'
import { MappedDevice } from '../dm/mapped-device.ts'
import { describePath } from '../describe.ts'
import type { DriverWorld } from '../drivers/disk.ts'
import { NullBlkDisk } from '../drivers/null-blk.ts'
import { NvmeHead } from '../drivers/nvme-head.ts'
import { NvmeDisk } from '../drivers/nvme.ts'
import type { HandledDevice, PathDevice } from '../drivers/path-device.ts'
import { ScsiDebugDisk } from '../drivers/scsi-debug.ts'
import { sdName } from '../drivers/sd-name.ts'
import { assertNever } from '../../lib/assert-never.ts'
import { EventKind, type QueueMode } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { Scenario, ScenarioDevice } from '../scenario.ts'
import { PageCache } from './page-cache.ts'
import { disksBeside, type Made, pathName, planStack, type StackPlan } from './stack-plan.ts'
import { SYSFS_FILE, type SysfsTarget } from './sysfs.ts'

/** A device that is made of others. */
export type UpperDevice = MappedDevice | Partition | NvmeHead

export class Stack {
  readonly plan: StackPlan
  /** Disks: those of the scenario first. One that gets the name and number of a former one takes its place. */
  private readonly found: PathDevice[]
  private readonly world: DriverWorld
  /** What each device of the scenario is now. */
  private readonly slots: { readonly spec: ScenarioDevice; disk: PathDevice }[]
  /** What is over the disks, in the order in which it was made. */
  readonly uppers: UpperDevice[] = []
  private readonly softirqs: readonly BlockSoftirq[]
  private readonly scenario: Scenario
  /** The multipath map; undefined where another stack stands in its place. */
  readonly map: MappedDevice | undefined
  /** Page cache of the device that applications use. */
  readonly cache: PageCache

  constructor(m: Machine, scenario: Scenario, mode: QueueMode) {
    this.scenario = scenario
    this.plan = planStack(scenario, mode, m.profile)
    this.softirqs = m.cpus.map((cpu) => new BlockSoftirq(m, cpu))
    this.world = {
      m,
      softirqs: this.softirqs,
      seed: scenario.seed,
      backEnds: new Map(),
      rediscover: (index) => {
        this.rediscover(index)
      },
    }
    const beside = disksBeside(scenario)
    const specs = scenario.devices.map((spec) => (beside.has(spec.dev) ? { lun: spec.name, ...spec } : spec))
    this.found = specs.map((spec, i) => createPath(this.world, this.plan.firstDisk + i, spec))
    this.slots = specs.map((spec, i) => ({ spec, disk: this.found[i]! }))
    for (const made of this.plan.made) this.uppers.push(this.make(made))
    this.map = this.maps.find((md) => md.isMultipath)
    this.cache = new PageCache(m, this.top)
  }

  private make(made: Made): UpperDevice {
    const { dm } = this.scenario
    switch (made.kind) {
      case 'map':
        return this.makeMapped(made.index, dm, dm.sectors, made.table)
      case 'head': {
        const disks = made.paths.map((path) => this.found.find((disk) => disk.dev === path))
        return new NvmeHead(
          this.world.m,
          made,
          disks.filter((disk) => disk instanceof NvmeDisk),
        )
      }
      case 'linear':
        return this.makeMapped(made.index, made.spec, made.table.sizeSectors, made.table)
      case 'partition': {
        const { name, dev, start_sector: startSector, sectors: sizeSectors } = made.spec
        const disk = this.slots.find(({ spec }) => spec.name === made.spec.partition_of)!.disk
        return new Partition({ index: made.index, name, dev, startSector, sizeSectors }, disk)
      }
      default:
        return assertNever(made)
    }
  }

  private makeMapped(
    index: number,
    { name, dev }: { readonly name: string; readonly dev: string },
    sizeSectors: number,
    table: DmTable,
  ): MappedDevice {
    const spec = {
      ...{ index, name: `dm-${dev.split(':')[1]!}`, mapName: name, dev, sizeSectors },
      parameters: {
        noPathTimeoutSecs: this.scenario.module_parameters['dm_multipath.queue_if_no_path_timeout_secs'] ?? 0,
      },
    }
    return new MappedDevice(this.world.m, this.softirqs, spec, table, (lower) => this.deviceOf(lower))
  }

  private deviceOf(dev: string): HandledDevice {
    const meant = dev === this.scenario.dm.dev ? this.plan.mapDev : dev
    const upper = this.uppers.find((device) => device.dev === meant)
    return upper ?? this.found.find((disk) => disk.dev === meant)!
  }

  /** The disks that there are, in the order of their indices; a deleted one stays while its name is in use. */
  get paths(): readonly PathDevice[] {
    return this.found
  }

  /** Devices of device-mapper. */
  get maps(): readonly MappedDevice[] {
    return this.uppers.filter((device) => device instanceof MappedDevice)
  }

  /** A device of device-mapper by its name; without one the multipath map. */
  mapNamed(name: string | undefined): MappedDevice | undefined {
    return this.maps.find((md) => md.mapName === (name ?? this.mapName))
  }

  /** What dmsetup knows the multipath map by, also in a run without it. */
  get mapName(): string {
    return this.scenario.dm.name
  }

  /** The head of the namespace in a run with native NVMe multipath. */
  get head(): NvmeHead | undefined {
    return this.uppers.find((device) => device instanceof NvmeHead)
  }

  /** The multipath map of a run that has one. */
  get md(): MappedDevice {
    if (this.map === undefined) throw new Error('this run has no multipath map')
    return this.map
  }

  /** What I/O is spread over: the paths of the map, or the one device that stands in its place. */
  get leads(): readonly { readonly device: BlockDevice; readonly group: number }[] {
    if (this.head !== undefined) return this.head.paths.map((device) => ({ device, group: 1 }))
    if (this.map === undefined) return [{ device: this.deviceOf(this.plan.mapDev), group: 1 }]
    return this.map.target.paths.map(({ device, group }) => ({ device, group: group.number }))
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
    if (slot.disk instanceof NvmeDisk && this.isOfHead(slot.spec)) this.head?.add(slot.disk)
    if (this.found.length > known) m.tables.devices.push(describePath(slot.disk))
    m.log.emit(EventKind.device_state, slot.disk.index, 0, 0, 0, 0, 0, slot.disk.state)
  }

  /** It is a controller of the namespace that the head stands for. */
  private isOfHead({ dev }: ScenarioDevice): boolean {
    return this.plan.made.some((made) => made.kind === 'head' && made.paths.includes(dev))
  }

  private discover(spec: ScenarioDevice): PathDevice {
    let number = 0
    while (this.isTaken(sdName(number).dev)) number++
    const { name, dev } = sdName(number)
    const former = this.found.find((path) => path.dev === dev)
    const next = this.plan.firstFound + this.found.length - this.slots.length
    return this.place(former?.index ?? next, { ...spec, name, dev })
  }

  private place(index: number, spec: ScenarioDevice): PathDevice {
    const disk = createPath(this.world, index, spec)
    const former = this.found.findIndex((path) => path.index === index)
    this.found[former < 0 ? this.found.length : former] = disk
    return disk
  }

  private isTaken(dev: string): boolean {
    const disk = this.found.find((path) => path.dev === dev)
    if (disk === undefined) return false
    return disk.alive || this.uppers.some((device) => holds(device, disk))
  }

  /** A timer of a path runs, so that waiting is not in vain. */
  get timerRuns(): boolean {
    return this.found.some((path) => path.timerRuns)
  }

  /** The device that applications use. */
  get top(): BlockDevice {
    return this.deviceOf(this.plan.topDev)
  }

  /** read_ahead_kb of the dm device in pages: the largest of its paths'. */
  get readAheadPages(): number {
    return Math.max(...this.paths.map((path) => path.readAheadKb)) / 4
  }

  /** Everything that a table may name now. */
  get knownDevices(): readonly KnownDevice[] {
    const disks = this.found.map(({ dev, sizeSectors }) => ({
      ...{ dev, sectors: sizeSectors, requestStackable: true },
    }))
    return [...disks, ...this.plan.known.filter(({ dev }) => disks.every((disk) => disk.dev !== dev))]
  }

  pathNamed(name: string): PathDevice | undefined {
    const known = this.head === undefined ? (path: string): string => path : pathName
    return this.paths.find((path) => path.name === name || known(path.name) === name)
  }

  /** The scenario's table over the disks that its devices are now. */
  get presentTable(): string {
    return this.overPresentDisks(this.scenario.dm.table)
  }

  /** A table line with the numbers of the scenario's devices, over the disks that they are now. */
  overPresentDisks(line: string): string {
    const now = new Map(this.slots.map(({ spec, disk }) => [spec.dev, disk.dev]))
    return line.replaceAll(/\d+:\d+/g, (dev) => now.get(dev) ?? dev)
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
    const md = this.maps.find((candidate) => candidate.name === name)
    if (md !== undefined) return [md]
    if (name.includes('*')) {
      const pattern = new RegExp(`^${name.replaceAll('*', '.*')}$`)
      return this.paths.filter((disk) => disk.alive && pattern.test(disk.name))
    }
    const disk = this.pathNamed(name)
    if (disk?.alive) return [disk]
    const successor = this.slots.find(({ spec }) => spec.name === name)?.disk ?? disk
    return successor ? [successor] : []
  }

  /** True when no request exists anywhere and nothing is held back. */
  get idle(): boolean {
    if (this.head !== undefined && this.head.requeueList.length > 0) return false
    if (this.maps.some((md) => md.held > 0 || md.inFlight > 0 || md.queue.requestsInUse > 0)) return false
    return this.paths.every((path) => path.queue.requestsInUse === 0)
  }
}

/** The device cannot go away while this one is made of it. */
function holds(device: UpperDevice, disk: PathDevice): boolean {
  if (device instanceof Partition) return device.disk === disk
  return device instanceof MappedDevice && device.holds(disk)
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
