/**
 * A scenario file with the what-ifs of a lane in it. Done on what the author wrote, before defaults are filled in, so that
 * defaults follow; the result passes the schema like any file.
 */
import type { KernelProfile, QueueAttributes, Scenario } from '../../engine/index.ts'
import type { LaneChanges } from '../changes.ts'
import { fillScenario } from '../fill/fill.ts'
import { Filler } from '../fill/filler.ts'
import type { FileDevice, FileStep, ScenarioFile } from '../form.ts'
import { diskName, driverOfName } from '../names.ts'
import { problem, type Problem } from '../problems.ts'
import { tableLine, type TableGroup, tableParts, type TablePath } from './table-words.ts'

/** More paths than any map that was seen, and few enough to draw. */
const MAX_PATHS = 16

export type Changed =
  | { readonly ok: true; readonly file: ScenarioFile }
  | { readonly ok: false; readonly problems: readonly Problem[] }

export function changedFile(file: ScenarioFile, changes: LaneChanges, kernel: KernelProfile): Changed {
  const { paths } = changes
  if (paths !== undefined && !(Number.isInteger(paths) && paths >= 1 && paths <= MAX_PATHS)) {
    const remedy = `write a whole number from 1 to ${MAX_PATHS}`
    return { ok: false, problems: [problem(['changes', 'paths'], `${paths} paths cannot be shown`, remedy)] }
  }
  const asWritten = fillScenario(new Filler(), file, kernel)
  const named = file.devices.map((device, at) => ({
    ...device,
    name: asWritten.devices[at]!.name,
    dev: asWritten.devices[at]!.dev,
  }))
  return {
    ok: true,
    file: withQueues(withTable({ ...file, devices: named }, changes, asWritten, kernel), changes, asWritten),
  }
}

type NamedDevice = FileDevice & { readonly name: string; readonly dev: string }

/** Selector, features and number of paths are words of the table; paths are devices, too. */
function withTable(
  file: ScenarioFile & { readonly devices: readonly NamedDevice[] },
  { paths, selector, queue_if_no_path: queues }: LaneChanges,
  { dm, cpus }: Scenario,
  kernel: KernelProfile,
): ScenarioFile {
  const parts = tableParts(dm.table)
  if (parts === undefined || (paths ?? selector ?? queues) === undefined) return file
  let { features, groups } = parts
  let { devices } = file
  if (paths !== undefined) ({ groups, devices } = counted(groups, devices, paths))
  if (selector !== undefined) groups = groups.map((group) => reselected(group, selector, cpus, kernel))
  if (queues !== undefined) {
    const others = features.filter((word) => word !== 'queue_if_no_path')
    features = queues ? ['queue_if_no_path', ...others] : others
  }
  const initialGroup = Math.min(parts.initialGroup, groups.length)
  return {
    ...file,
    devices,
    dm: { ...file.dm, table: tableLine({ ...parts, features, initialGroup, groups }) },
  }
}

interface Counted {
  readonly groups: readonly TableGroup[]
  readonly devices: readonly NamedDevice[]
}

/** So many paths in all: the last ones go, or the groups get copies of their first path in turn. */
function counted(groups: readonly TableGroup[], devices: readonly NamedDevice[], paths: number): Counted {
  const present = groups.flatMap((group) => group.paths)
  if (paths < present.length)
    return fewer(groups, devices, new Set(present.slice(paths).map(({ dev }) => dev)))
  let now: Counted = { groups, devices }
  for (let more = present.length; more < paths; more++)
    now = withCopy(now, (more - present.length) % groups.length)
  return now
}

function fewer(
  groups: readonly TableGroup[],
  devices: readonly NamedDevice[],
  gone: ReadonlySet<string>,
): Counted {
  const left = groups.map((group) => ({ ...group, paths: group.paths.filter(({ dev }) => !gone.has(dev)) }))
  return {
    groups: left.filter((group) => group.paths.length > 0),
    devices: devices.filter(({ dev }) => !gone.has(dev)),
  }
}

function withCopy({ groups, devices }: Counted, at: number): Counted {
  const model = groups[at]?.paths[0]
  const device = devices.find(({ dev }) => dev === model?.dev)
  if (model === undefined || device === undefined) return { groups, devices }
  const copy = { ...device, ...freeName(device, devices) }
  const path: TablePath = { dev: copy.dev, args: model.args }
  return {
    groups: groups.map((group, i) => (i === at ? { ...group, paths: [...group.paths, path] } : group)),
    devices: [...devices, copy],
  }
}

function freeName(
  { driver, name }: NamedDevice,
  devices: readonly NamedDevice[],
): { name: string; dev: string } {
  const of = driver ?? driverOfName(name) ?? 'scsi_debug'
  for (let index = 0; ; index++) {
    const disk = diskName(of, index)
    if (!devices.some((other) => other.name === disk.name || other.dev === disk.dev)) return disk
  }
}

/** The group under another selector, with the arguments that multipath-tools gives it. */
function reselected(group: TableGroup, selector: string, cpus: number, kernel: KernelProfile): TableGroup {
  if (group.selector === selector) return group
  const paths = group.paths.map(({ dev }, at) => ({ dev, args: usualArgs(selector, at, cpus, kernel) }))
  return { selector, args: [], paths }
}

/** Arguments that multipath-tools gives a path of a group under a selector. */
export function usualArgs(
  selector: string,
  at: number,
  cpus: number,
  { modes }: KernelProfile,
): readonly string[] {
  if (selector === 'service-time') return ['1', '1']
  if (selector === 'io-affinity') return [(2 ** (at % cpus)).toString(16)]
  return [selector === 'round-robin' && !modes.includes('rq') ? '1000' : '1']
}

/** Attributes of the paths' queues are the devices'; those of the dm device are written before the run begins. */
function withQueues(
  file: ScenarioFile,
  { path_queue: ofPaths, dm_queue: ofDm, queue_depth: depth }: LaneChanges,
  { dm }: Scenario,
): ScenarioFile {
  const devices = file.devices.map((device) => ({
    ...device,
    ...(ofPaths === undefined ? {} : { queue: { ...device.queue, ...ofPaths } }),
    ...(depth === undefined ? {} : { queue_depth: depth }),
  }))
  if (ofDm === undefined) return { ...file, devices }
  return {
    ...file,
    devices,
    setup: [...(file.setup ?? []), ...writes(`dm-${dm.dev.split(':')[1] ?? '0'}`, ofDm)],
  }
}

/** The scheduler first: it brings an nr_requests of its own. */
function writes(name: string, attributes: QueueAttributes): FileStep[] {
  const entries = Object.entries(attributes).sort(
    ([a], [b]) => Number(b === 'scheduler') - Number(a === 'scheduler'),
  )
  return entries.map(([attribute, value]) => ({ sysfs: `/sys/block/${name}/queue/${attribute}`, value }))
}
