/**
 * `multipath -ll` and multipathd's `show paths`, `show maps`, `show maps status` (multipath-tools 0.9). Where a run has
 * multipathd these are its opinion, as old as its last check; else what the port and the device say now.
 *
 * Simplified: every disk is LUN 0 of target 0 of its own host; aliases stand in the place of WWIDs.
 */
import type { Multipath } from '../dm/mpath/multipath.ts'
import type { PgPath, PriorityGroup } from '../dm/mpath/pg-path.ts'
import type { PathDevice } from '../drivers/path-device.ts'
import { CheckerState, DeviceState } from '../log/index.ts'
import type { MapOpinion } from '../multipathd/opinion.ts'
import { inColumns } from './columns.ts'
import type { MachineView, MapView, NodeView } from './machine-view.ts'

const STATE_NAMES: Readonly<Record<DeviceState, string>> = {
  [DeviceState.running]: 'running',
  [DeviceState.offline]: 'offline',
  [DeviceState.blocked]: 'blocked',
  [DeviceState.transport_offline]: 'transport-offline',
  [DeviceState.connecting]: 'connecting',
  [DeviceState.deleted]: 'deleted',
}

/** What sysfs says of a device; a hung one is believed to run. */
export function stateName(state: DeviceState): string {
  return STATE_NAMES[state]
}

export function multipathLl(view: MachineView, opinion?: MapOpinion): string {
  return view.maps
    .flatMap((map) => (map.target === undefined ? [] : [topologyOf(view, map, map.target, opinion)]))
    .join('\n')
}

function topologyOf(
  view: MachineView,
  { name, node, table }: MapView,
  mpath: Multipath,
  opinion: MapOpinion | undefined,
): string {
  const words = table.split(' ')
  const features = words.slice(3, 4 + Number(words[3])).join(' ')
  const handler = words
    .slice(4 + Number(words[3]))
    .slice(0, 1 + Number(words[4 + Number(words[3])]))
    .join(' ')
  const cells = mpath.paths.map((path) => pathCells(view, path, opinion))
  const widths = [0, 1, 2].map((at) => Math.max(...cells.map((row) => row[at]!.length)))
  const nvme = view.nodes.some(({ disk }) => disk?.driver === 'nvme')
  return [
    `${name} ${node.name} ${nvme ? 'NVME,nvme' : 'Linux,scsi_debug'}`,
    `size=${mapSize(node)} features='${features}' hwhandler='${handler}' wp=rw`,
    ...mpath.groups.flatMap((group, at) => {
      const last = at === mpath.groups.length - 1
      const head = `${last ? '`' : '|'}-+- policy='${policyOf(group)}' prio=${String(priorityOf(view, group, opinion))} status=${statusOf(mpath, group)}`
      const paths = group.paths.map((path, n) => {
        const branch = n === group.paths.length - 1 ? '`' : '|'
        const row = cells[mpath.paths.indexOf(path)]!.map((cell, at_) => cell.padEnd(widths[at_] ?? 0))
        return `${last ? ' ' : '|'} ${branch}- ${row.join(' ')}`
      })
      return [head, ...paths]
    }),
  ].join('\n')
}

/** print_multipath_size: one digit below 10, none above. */
function mapSize({ sizeSectors }: NodeView): string {
  const units = 'KMGTP'
  let size = sizeSectors / 2
  let unit = 0
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024
    unit++
  }
  return `${size.toFixed(size < 10 ? 1 : 0)}${units[unit]!}`
}

function policyOf({ selector }: PriorityGroup): string {
  return `${selector.name} ${selector.groupStatus()}`
}

function statusOf(mpath: Multipath, group: PriorityGroup): string {
  if (group.bypassed) return 'disabled'
  return group === mpath.currentGroup ? 'active' : 'enabled'
}

/** The mean of the paths that work, as multipathd sums up; 0 when none does. */
function priorityOf(view: MachineView, { paths }: PriorityGroup, opinion: MapOpinion | undefined): number {
  const working = paths
    .filter((path) => path.isActive && USABLE.includes(checked(view, path, opinion)))
    .map((path) => opinion?.pathOf(path.device.dev)?.priority ?? 1)
  return working.length === 0 ? 0 : Math.floor(working.reduce((sum, one) => sum + one, 0) / working.length)
}

const USABLE = ['ready', 'ghost']

function pathCells(view: MachineView, path: PgPath, opinion: MapOpinion | undefined): readonly string[] {
  const { device } = path
  const disk = diskOf(view, path)
  const [hcil, name] = disk?.alive === false ? ['#:#:#:#', '-'] : [hcilOf(view, device.index), device.name]
  const states = [
    path.isActive ? 'active' : 'failed',
    checked(view, path, opinion),
    disk === undefined ? 'undef' : stateName(disk.state),
  ]
  return [hcil, name, device.dev, ...(disk?.alive === false ? ['failed', 'undef', 'unknown'] : states)]
}

function diskOf({ nodes }: MachineView, { device }: PgPath): PathDevice | undefined {
  return nodes.find(({ index }) => index === device.index)?.disk
}

/** libmultipath/print.c:snprint_chk_state */
const CHECKER_NAMES: Readonly<Record<CheckerState, string>> = {
  [CheckerState.down]: 'faulty',
  [CheckerState.up]: 'ready',
  [CheckerState.shaky]: 'shaky',
  [CheckerState.ghost]: 'ghost',
  [CheckerState.pending]: 'i/o pending',
  [CheckerState.timeout]: 'i/o timeout',
  [CheckerState.removed]: 'undef',
  [CheckerState.delayed]: 'delayed',
}

/** What the checker found last; without multipathd, what one finds that asks now. */
function checked(view: MachineView, path: PgPath, opinion: MapOpinion | undefined): string {
  const known = opinion?.pathOf(path.device.dev)
  if (known !== undefined) return CHECKER_NAMES[known.state]
  const disk = diskOf(view, path)
  if (disk === undefined) return 'undef'
  return disk.alive && disk.state === DeviceState.running && disk.reachable ? 'ready' : 'faulty'
}

function hcilOf({ nodes }: MachineView, index: number): string {
  const host = nodes.filter(({ disk }) => disk !== undefined).findIndex((node) => node.index === index)
  return host < 0 ? '#:#:#:#' : `${String(host)}:0:0:0`
}

export function multipathdPaths(view: MachineView, opinion?: MapOpinion): string {
  const rows = view.maps.flatMap(({ target }) =>
    (target?.paths ?? []).map((path) => {
      const [hcil, name, dev, dmState, checker, state] = pathCells(view, path, opinion)
      const known = opinion?.pathOf(path.device.dev)
      const priority = String(known?.priority ?? Number(checker === 'ready'))
      const cells = [hcil!, name!, dev!, priority, dmState!, checker!, state!]
      return known === undefined ? cells : [...cells, progress(known.nextCheckS, known.intervalS)]
    }),
  )
  const head = ['hcil', 'dev', 'dev_t', 'pri', 'dm_st', 'chk_st', 'dev_st']
  return inColumns(opinion === undefined ? head : [...head, 'next_check'], rows)
}

/** print.c:snprint_progress: ten marks, and how much of how much is left. */
function progress(left: number, of: number): string {
  const marks = of > 0 ? Math.min(10, Math.floor((left * 10) / of)) : 0
  return `${'X'.repeat(marks)}${'.'.repeat(10 - marks)} ${String(left)}/${String(of)}`
}

/** `show maps status`: what becomes of I/O without a path, counting down. */
export function multipathdStatus({ maps }: MachineView, opinion?: MapOpinion): string {
  const rows = maps.flatMap(({ name, md, target }) =>
    target === undefined
      ? []
      : [
          [
            name,
            opinion?.failback ?? '-',
            opinion?.queueing ?? '-',
            String(target.paths.filter(({ isActive }) => isActive).length),
            md.suspended ? 'suspend' : 'active',
            'rw',
          ],
        ],
  )
  return inColumns(['name', 'failback', 'queueing', 'paths', 'dm-st', 'write_prot'], rows)
}

export function multipathdMaps({ maps }: MachineView): string {
  const rows = maps.filter(({ target }) => target !== undefined)
  return inColumns(
    ['name', 'sysfs', 'uuid'],
    rows.map(({ name, node }) => [name, node.name, name]),
  )
}
