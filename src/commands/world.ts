/** The names that a lane's machine knows: its map, its devices, its groups. From the header of its run. */
import { deviceAt, type DeviceInfo, type RunHeader, type SideTables } from '../engine/log/index.ts'

export interface WorldDevice {
  /** `sda`, `dm-0` */
  readonly name: string
  /** `8:0` */
  readonly dev: string
  readonly driver: DeviceInfo['driver']
  readonly role: DeviceInfo['role']
}

export interface World {
  /** Name of the map, as dmsetup knows it. */
  readonly map: string
  readonly sizeSectors: number
  readonly devices: readonly WorldDevice[]
  /** Priority groups, from 1. */
  readonly groups: number
}

export function worldOf(header: RunHeader, tables: SideTables): World {
  const count = header.devices.length + (tables.devices?.length ?? 0)
  const infos = Array.from({ length: count }, (_, dev) => deviceAt(header, tables, dev))
  const devices = infos.flatMap((info) => (info === undefined ? [] : [deviceOf(info)]))
  return {
    map: header.dmName,
    sizeSectors: header.devices[header.top]?.sizeSectors ?? 0,
    devices,
    groups: Math.max(0, ...header.paths.map(({ group }) => group)),
  }
}

function deviceOf({ name, major, minor, driver, role }: DeviceInfo): WorldDevice {
  return { name, dev: `${major}:${minor}`, driver, role }
}

/** What leads to a path: a disk of its own. */
export function pathsOf({ devices }: World): readonly WorldDevice[] {
  return devices.filter(({ role }) => role === 'path')
}
