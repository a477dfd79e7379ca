/**
 * A table of device-mapper as a structure: drivers/md/dm-table.c:dm_table_add_target, dm_table_determine_type,
 * dm-linear.c:linear_ctr. What the words of a multipath line mean is in mpath/table.ts.
 *
 * Simplified: targets are multipath and linear. To 6.16 a table with requests was let through if one of its devices had
 * them, which crashed later; here all must have them, as since.
 */
import { ScenarioError } from '../error.ts'
import type { KernelProfile, QueueKind } from '../kernel/profile.ts'
import type { DmQueueMode } from '../log/index.ts'
import type { LinearTable } from './linear.ts'
import { type MultipathTable, parseMultipathTable } from './mpath/table.ts'
import { TableWords } from './mpath/table-words.ts'

export interface DmTable {
  /** Whether the device takes bios or requests; fixed by its first table. */
  readonly mode: DmQueueMode
  /** Which queue request mode has. */
  readonly upperQueue: QueueKind
  readonly sizeSectors: number
  readonly targets: readonly TargetSpec[]
}

export type TargetSpec =
  | { readonly type: 'multipath'; readonly table: MultipathTable }
  | { readonly type: 'linear'; readonly table: LinearTable }

/** What a table may lead to. */
export interface KnownDevice {
  readonly dev: string
  readonly sectors: number
  /** Its queue has requests and it is no partition (device_is_rq_stackable). */
  readonly requestStackable: boolean
}

/** Targets in one table. */
const MOST_TARGETS = 256

/** The lines of a text, as dmsetup reads them. */
export function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trim() !== '')
}

/**
 * @throws ScenarioError that names the line, the wrong word and its number; `where` is the place of the lines in the
 * scenario.
 */
export function parseTable(
  lines: readonly string[],
  mode: DmQueueMode,
  profile: KernelProfile,
  devices: readonly KnownDevice[],
  where: string,
): DmTable {
  const [first, ...others] = lines
  if (first === undefined)
    throw new ScenarioError(where, 'the table has no line', 'write one, such as "0 2048 linear 8:0 0"')
  if (lines.length > MOST_TARGETS)
    throw new ScenarioError(
      where,
      `the table has ${String(lines.length)} lines`,
      `write at most ${String(MOST_TARGETS)}`,
    )
  if (typeOf(first) !== 'linear') {
    if (others.length > 0)
      throw new ScenarioError(
        where,
        'the kernel says: target type multipath must appear alone in table',
        'keep its line, and put others over it as linear devices',
      )
    const devs = devices.map((device) => device.dev)
    const table = parseMultipathTable(first, mode, profile, devs, where)
    checkStackable(table, devices, where)
    const { queueMode, upperQueue, sizeSectors } = table
    return { mode: queueMode, upperQueue, sizeSectors, targets: [{ type: 'multipath', table }] }
  }
  const targets: TargetSpec[] = []
  let next = 0
  lines.forEach((line, i) => {
    const at = lines.length > 1 ? `${where}, line ${String(i + 1)}` : where
    const table = parseLinear(line, next, devices, at)
    next += table.sizeSectors
    targets.push({ type: 'linear', table })
  })
  return { mode: 'bio', upperQueue: 'mq', sizeSectors: next, targets }
}

/** Third word of a line. */
function typeOf(line: string): string | undefined {
  return line.trim().split(/\s+/)[2]
}

function parseLinear(
  line: string,
  startsAt: number,
  devices: readonly KnownDevice[],
  where: string,
): LinearTable {
  const words = new TableWords(line, where)
  const startSector = words.number('the start sector', 0, Number.MAX_SAFE_INTEGER)
  if (startSector !== startsAt)
    throw words.wrong('leaves a gap or an overlap', `segments follow one another: write ${String(startsAt)}`)
  const sizeSectors = words.number('the length in sectors', 1, Number.MAX_SAFE_INTEGER)
  if (words.next('the target type') !== 'linear')
    throw words.wrong('is not a target that a table of linear lines can have', 'write linear')
  const dev = words.next('a device (major:minor)')
  const device = devices.find((known) => known.dev === dev)
  if (device === undefined)
    throw words.wrong(
      'is not a device that there is by then',
      `use one of ${devices.map((known) => known.dev).join(', ')}`,
    )
  const offsetSectors = words.number('the first sector on that device', 0, Number.MAX_SAFE_INTEGER)
  if (offsetSectors + sizeSectors > device.sectors)
    throw words.wrong(
      `ends at sector ${String(offsetSectors + sizeSectors)} of ${dev}, which has ${String(device.sectors)}`,
      'shorten it or begin earlier',
    )
  words.end()
  return { startSector, sizeSectors, dev, offsetSectors }
}

/** dm_table_determine_type, where it asks whether every device has a queue of requests. */
function checkStackable(table: MultipathTable, devices: readonly KnownDevice[], where: string): void {
  if (table.queueMode !== 'rq') return
  const devs = table.groups.flatMap((group) => group.paths.map((path) => path.dev))
  const without = devices.find((device) => devs.includes(device.dev) && !device.requestStackable)
  if (without === undefined) return
  throw new ScenarioError(
    where,
    `the kernel says: table load rejected: including non-request-stackable devices (${without.dev})`,
    'use queue_mode bio: request-based multipath sits on whole disks only',
  )
}

/** Every `major:minor` that a table leads to. */
export function devsIn({ targets }: DmTable): readonly string[] {
  return targets.flatMap((target) =>
    target.type === 'linear'
      ? [target.table.dev]
      : target.table.groups.flatMap((group) => group.paths.map((path) => path.dev)),
  )
}
