/** `dmsetup status`, `table`, `ls` and `info` (LVM2 2.03). Event numbers and UUIDs are not kept, so info leaves them out. */
import type { MapView } from './machine-view.ts'

/** Several maps, or one that was not named, carry their names in front. */
function lines(maps: readonly MapView[], named: string | undefined, of: (map: MapView) => string): string {
  return chosen(maps, named)
    .flatMap((map) =>
      of(map)
        .split('\n')
        .map((line) => (named === undefined ? `${map.name}: ${line}` : line)),
    )
    .join('\n')
}

function chosen(maps: readonly MapView[], named: string | undefined): readonly MapView[] {
  return named === undefined ? maps : maps.filter(({ name, node }) => name === named || node.name === named)
}

export function dmsetupStatus(maps: readonly MapView[], named: string | undefined): string {
  return lines(maps, named, ({ status }) => status)
}

export function dmsetupTable(maps: readonly MapView[], named: string | undefined): string {
  return lines(maps, named, ({ table }) => table)
}

export function dmsetupLs(maps: readonly MapView[]): string {
  if (maps.length === 0) return 'No devices found'
  return maps.map(({ name, node }) => `${name}\t(${node.dev})`).join('\n')
}

export function dmsetupInfo(maps: readonly MapView[], named: string | undefined): string {
  if (maps.length === 0) return 'No devices found'
  return chosen(maps, named).map(infoOf).join('\n\n')
}

function infoOf({ name, node, md, table }: MapView): string {
  const [major = '', minor = ''] = node.dev.split(':')
  const rows = [
    ['Name', name],
    ['State', md.suspended ? 'SUSPENDED' : 'ACTIVE'],
    ['Read Ahead', String(node.readAheadKb * 2)],
    ['Tables present', md.inactiveTable === undefined ? 'LIVE' : 'LIVE & INACTIVE'],
    ['Major, minor', `${major}, ${minor}`],
    ['Number of targets', String(table.split('\n').length)],
  ] as const
  return rows.map(([label, value]) => `${`${label}:`.padEnd(19)}${value}`).join('\n')
}
