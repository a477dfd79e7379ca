/**
 * What devices a run has over its disks, and in which order they are made: worked out from the scenario before anything
 * is built, so that whoever checks and whoever builds cannot disagree.
 *
 * The map is made before the first device that names it. In its place native NVMe multipath has the head of the
 * namespace, and a run without multipath the map's first path: what names the map then means that.
 */
import { type DmTable, type KnownDevice, linesOf, parseTable } from '../dm/dm-table.ts'
import { parseMultipathTable } from '../dm/mpath/table.ts'
import { ScenarioError } from '../error.ts'
import { tableMode } from '../kernel/choose.ts'
import type { KernelProfile } from '../kernel/profile.ts'
import type { QueueMode } from '../log/index.ts'
import type { LinearSpec, PartitionSpec, Scenario, ScenarioDevice, StackDevice } from '../scenario.ts'

export type Made =
  | { readonly kind: 'map'; readonly index: number; readonly table: DmTable }
  /** `paths`: disks of the scenario, by number. */
  | {
      readonly kind: 'head'
      readonly index: number
      readonly name: string
      readonly dev: string
      readonly paths: readonly string[]
    }
  | { readonly kind: 'linear'; readonly index: number; readonly spec: LinearSpec; readonly table: DmTable }
  | { readonly kind: 'partition'; readonly index: number; readonly spec: PartitionSpec }

export interface StackPlan {
  readonly made: readonly Made[]
  /** Index of the scenario's first disk; the others follow. */
  readonly firstDisk: number
  /** Index of a disk that is found while the run goes on. */
  readonly firstFound: number
  /** Number of what the map's number means. */
  readonly mapDev: string
  /** Number of the device that applications use. */
  readonly topDev: string
  readonly known: readonly KnownDevice[]
}

const HEAD_NAME = 'nvme0n1'

/** What a path is called below a head (drivers/nvme/host/core.c:nvme_alloc_ns): `nvme1n1` is nvme0c1n1 there. */
export function pathName(name: string): string {
  return name.replace(/^nvme(\d+)n(\d+)$/, 'nvme0c$1n$2')
}

/** Sectors of the device that applications use, where the plan could be made. */
export function topSectors({
  dm,
  stack = [],
  io_on: name = dm.name,
  devices,
}: Pick<Scenario, 'devices' | 'dm' | 'stack' | 'io_on'>): number {
  const top = stack.find((entry) => entry.name === name)
  if (top === undefined) return devices.find((device) => device.name === name)?.sectors ?? dm.sectors
  if (!('table' in top)) return top.sectors
  return top.table.reduce((sum, line) => sum + Number(line.trim().split(/\s+/)[1]), 0)
}

/**
 * Numbers of the disks that something of the stack stands on, but not the map: what they store is their own, where a disk
 * that names no LUN is else another way to the map's.
 */
export function disksBeside({ devices, dm, stack = [] }: Scenario): ReadonlySet<string> {
  const below = ({ dev }: { readonly dev: string }): readonly string[] => {
    const entry = stack.find((one) => one.dev === dev)
    if (entry === undefined) return []
    if ('table' in entry) return entry.table.flatMap((line) => line.match(NUMBER) ?? [])
    return devices.filter(({ name }) => name === entry.partition_of).map((disk) => disk.dev)
  }
  const ofMap = new Set(dm.table.match(NUMBER))
  for (const dev of ofMap) for (const lower of below({ dev })) ofMap.add(lower)
  return new Set(stack.flatMap(below).filter((dev) => !ofMap.has(dev)))
}

const NUMBER = /\d+:\d+/g

/** Devices that a stack may have beside the map, and layers from top to disk. */
const MOST_DEVICES = 32
const MOST_LAYERS = 8

/** @throws ScenarioError for the first device that cannot be made. */
export function planStack(scenario: Scenario, mode: QueueMode, profile: KernelProfile): StackPlan {
  return new Planner(scenario, mode, profile).plan()
}

class Planner {
  private readonly scenario: Scenario
  private readonly mode: QueueMode
  private readonly profile: KernelProfile
  private readonly entries: readonly StackDevice[]
  private readonly firstDisk: number
  private readonly made: Made[] = []
  private readonly known: KnownDevice[]
  /** Layers down to the disk, by number. */
  private readonly layers = new Map<string, number>()
  private mapDev = ''

  constructor(scenario: Scenario, mode: QueueMode, profile: KernelProfile) {
    this.scenario = scenario
    this.mode = mode
    this.profile = profile
    this.entries = scenario.stack ?? []
    this.firstDisk = mode === 'single' ? 0 : 1
    this.known = scenario.devices.map(({ dev, sectors }) => ({ dev, sectors, requestStackable: true }))
    for (const { dev } of scenario.devices) this.layers.set(dev, 1)
  }

  plan(): StackPlan {
    const { dm, devices } = this.scenario
    if (this.entries.length > MOST_DEVICES)
      throw new ScenarioError(
        'stack',
        `it has ${String(this.entries.length)} devices`,
        `stack at most ${String(MOST_DEVICES)}`,
      )
    this.checkNames()
    const overMap = this.entries.findIndex((entry) => 'table' in entry && names(entry.table, dm.dev))
    this.entries.forEach((entry, i) => {
      if (i === overMap) this.makeMap()
      this.make(entry, this.firstDisk + devices.length + i, `stack[${String(i)}]`)
    })
    if (overMap < 0) this.makeMap()
    return {
      made: this.made,
      firstDisk: this.firstDisk,
      firstFound: this.firstDisk + devices.length + this.entries.length,
      mapDev: this.mapDev,
      topDev: this.topDev(),
      known: this.known,
    }
  }

  private checkNames(): void {
    const { devices, dm } = this.scenario
    const names = new Set([...devices.map((device) => device.name), dm.name])
    const devs = new Set([...devices.map((device) => device.dev), dm.dev])
    this.entries.forEach(({ name, dev }, i) => {
      if (names.has(name))
        throw new ScenarioError(
          `stack[${String(i)}].name`,
          `"${name}" is the name of another device`,
          'choose another name',
        )
      if (devs.has(dev))
        throw new ScenarioError(
          `stack[${String(i)}].dev`,
          `${dev} is the number of another device`,
          'give it another',
        )
      names.add(name)
      devs.add(dev)
    })
  }

  private make(entry: StackDevice, index: number, where: string): void {
    if ('table' in entry) this.makeLinear(entry, index, where)
    else this.makePartition(entry, index, where)
  }

  private makeLinear(spec: LinearSpec, index: number, where: string): void {
    const table = parseTable(spec.table, 'bio', this.profile, this.known, `${where}.table`)
    if (table.targets.some((target) => target.type !== 'linear'))
      throw new ScenarioError(
        `${where}.table`,
        'a second multipath map is not simulated',
        'write linear lines here, and the multipath line into dm.table',
      )
    this.made.push({ kind: 'linear', index, spec, table })
    this.knows(spec.dev, table.sizeSectors, false)
    const below = table.targets.map((target) => (target.type === 'linear' ? target.table.dev : ''))
    this.setLayers(spec.dev, below, where)
  }

  private makePartition(spec: PartitionSpec, index: number, where: string): void {
    const { devices, dm } = this.scenario
    const disk = devices.find((device) => device.name === spec.partition_of)
    if (disk === undefined) {
      const isMap = spec.partition_of === dm.name
      throw new ScenarioError(
        `${where}.partition_of`,
        isMap
          ? 'the kernel reads no partitions of a device of device-mapper'
          : `there is no disk "${spec.partition_of}"`,
        isMap
          ? `do as kpartx does: "table": ["0 ${String(spec.sectors)} linear ${dm.dev} ${String(spec.start_sector)}"]`
          : `use one of ${devices.map((device) => device.name).join(', ')}`,
      )
    }
    if (spec.start_sector + spec.sectors > disk.sectors)
      throw new ScenarioError(
        `${where}.sectors`,
        `the partition ends at sector ${String(spec.start_sector + spec.sectors)} of ${disk.name}, which has ${String(disk.sectors)}`,
        'shorten it or begin earlier',
      )
    this.made.push({ kind: 'partition', index, spec })
    this.knows(spec.dev, spec.sectors, false)
    this.setLayers(spec.dev, [disk.dev], where)
  }

  private makeMap(): void {
    const { dm } = this.scenario
    switch (this.mode) {
      case 'bio':
      case 'rq':
        this.makeMultipath(this.mode)
        this.mapDev = dm.dev
        break
      case 'native':
        this.mapDev = this.headDev()
        this.made.push({
          ...{ kind: 'head', index: 0, name: HEAD_NAME, dev: this.mapDev, paths: this.namespaces() },
        })
        break
      case 'single':
        this.mapDev = this.pathsOfTable()[0]!
        break
    }
    const first = this.known.find((device) => device.dev === this.mapDev)
    const sectors = this.mode === 'native' ? this.smallestPath() : (first?.sectors ?? dm.sectors)
    this.knows(dm.dev, sectors, this.mode === 'rq')
    this.knows(this.mapDev, sectors, false)
    this.setLayers(dm.dev, this.pathsOfTable(), 'dm.table')
  }

  private makeMultipath(mode: 'bio' | 'rq'): void {
    const { dm } = this.scenario
    const table = parseTable(linesOf(dm.table), mode, this.profile, this.known, 'dm.table')
    if (table.targets[0]?.type !== 'multipath')
      throw new ScenarioError(
        'dm.table',
        'it is no multipath line',
        'write one, and put linear lines into a device of "stack"',
      )
    const leads = table.targets[0].table.groups.flatMap((group) => group.paths.map((path) => path.dev))
    const small = this.known.find(({ dev, sectors }) => leads.includes(dev) && sectors < table.sizeSectors)
    if (small !== undefined && this.entries.some(({ dev }) => dev === small.dev))
      throw new ScenarioError(
        'dm.table',
        `the kernel says: ${small.dev} too small for target (${String(small.sectors)} sectors)`,
        `write a length of at most ${String(small.sectors)}`,
      )
    this.made.push({ kind: 'map', index: 0, table })
  }

  /** Numbers of the paths of the map's table, however it is used. */
  private pathsOfTable(): readonly string[] {
    const mode = tableMode(this.profile, this.mode)
    const devs = this.known.map((device) => device.dev)
    const table = parseMultipathTable(this.scenario.dm.table, mode, this.profile, devs, 'dm.table')
    return table.groups.flatMap((group) => group.paths.map((path) => path.dev))
  }

  /** Paths as the NVMe driver finds them: controllers that lead to one namespace. */
  private namespaces(): readonly string[] {
    const { devices } = this.scenario
    const paths = this.pathsOfTable()
    const isNvme = (found: ScenarioDevice | undefined): boolean => found?.driver === 'nvme'
    const other = paths.find((dev) => !isNvme(devices.find((device) => device.dev === dev)))
    if (other === undefined) return paths
    const disk = devices.find((device) => device.dev === other)
    const what = disk === undefined ? `${other} is no disk` : `${disk.name} is ${disk.driver}`
    throw new ScenarioError(
      'modes',
      `native NVMe multipath leads to NVMe controllers alone, and ${what}`,
      'use mode bio or rq, or make the paths nvme devices',
    )
  }

  private smallestPath(): number {
    const paths = this.pathsOfTable()
    const sizes = this.known.filter(({ dev }) => paths.includes(dev)).map(({ sectors }) => sectors)
    return Math.min(...sizes)
  }

  /** The next number that the block layer gives out by itself (BLOCK_EXT_MAJOR). */
  private headDev(): string {
    const taken = [...this.scenario.devices, ...this.entries].map((device) => device.dev)
    let minor = 0
    while (taken.includes(`259:${String(minor)}`)) minor++
    return `259:${String(minor)}`
  }

  private knows(dev: string, sectors: number, requestStackable: boolean): void {
    if (this.known.some((device) => device.dev === dev)) return
    this.known.push({ dev, sectors, requestStackable })
  }

  private setLayers(dev: string, below: readonly string[], where: string): void {
    const layers = 1 + Math.max(...below.map((lower) => this.layers.get(lower) ?? 0))
    if (layers > MOST_LAYERS)
      throw new ScenarioError(
        where,
        `it would be layer ${String(layers)} of the stack`,
        `stack at most ${String(MOST_LAYERS)}`,
      )
    this.layers.set(dev, layers)
  }

  private topDev(): string {
    const { dm, io_on: name = dm.name } = this.scenario
    if (name === dm.name) return this.mapDev
    const top = [...this.entries, ...this.scenario.devices].find((device) => device.name === name)
    if (top !== undefined) return top.dev
    throw new ScenarioError(
      'io_on',
      `there is no device "${name}"`,
      `use one of ${[dm.name, ...this.entries.map((entry) => entry.name)].join(', ')}`,
    )
  }
}

/** A line leads to the device of this number. */
function names(lines: readonly string[], dev: string): boolean {
  return lines.some((line) => line.trim().split(/\s+/).includes(dev))
}
