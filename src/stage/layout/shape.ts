/**
 * What a lane's stack is, read off the header: the devices above the map, the map, its paths with what is under them.
 * Derived from `below` alone, so that every stack the engine can build has a shape.
 */
import type { DeviceInfo, DeviceRole, QueueMode, RunHeader } from '../../engine/log/index.ts'

export interface PathShape {
  /** The device that multipath knows. */
  readonly dev: number
  /** The disk under it: itself, or what its partition lies on. */
  readonly disk: number
  /** From the path down to the disk. */
  readonly chain: readonly number[]
  readonly name: string
  /** Priority group, from 1. */
  readonly group: number
}

export interface LayerShape {
  readonly dev: number
  readonly name: string
  readonly role: DeviceRole
}

export interface LaneShape {
  readonly mode: QueueMode
  /** Devices above the map (or above the disk where there is no map), the top first. */
  readonly layers: readonly LayerShape[]
  /** The multipath map or the head of a namespace; undefined where a disk is used alone. */
  readonly map: number | undefined
  readonly paths: readonly PathShape[]
}

export function shapeOfHeader(header: RunHeader): LaneShape {
  const { devices, paths: listed, mode, top } = header
  const isMap = (device: DeviceInfo): boolean => device.role === 'dm' || device.role === 'head'
  const map = listed.length === 0 || mode === 'single' ? -1 : devices.findIndex(isMap)
  const roots = listed.length === 0 ? [{ dev: diskUnder(devices, top), group: 1 }] : listed
  const paths = map < 0 ? [{ dev: diskUnder(devices, roots[0]!.dev), group: 1 }] : roots
  const stopsAt = new Set(map < 0 ? paths.map((path) => path.dev) : [map])
  return {
    mode,
    map: map < 0 ? undefined : map,
    layers: above(devices, top, stopsAt).map((dev) => ({
      dev,
      name: devices[dev]!.name,
      role: devices[dev]!.role,
    })),
    paths: paths.map(({ dev, group }) => {
      const chain = chainFrom(devices, dev)
      return { dev, disk: chain.at(-1)!, chain, name: devices[dev]?.name ?? `device ${dev}`, group }
    }),
  }
}

/** Devices from the top down, without those at which it stops and what is under them. */
function above(devices: readonly DeviceInfo[], top: number, stopsAt: ReadonlySet<number>): number[] {
  const found: number[] = []
  const queue = [top]
  for (let dev = queue.shift(); dev !== undefined; dev = queue.shift()) {
    const device = devices[dev]
    if (stopsAt.has(dev) || found.includes(dev) || device === undefined) continue
    found.push(dev)
    queue.push(...device.below)
  }
  return found
}

function chainFrom(devices: readonly DeviceInfo[], dev: number): number[] {
  const chain = [dev]
  let under = devices[dev]?.below[0]
  while (under !== undefined && !chain.includes(under)) {
    chain.push(under)
    under = devices[under]?.below[0]
  }
  return chain
}

function diskUnder(devices: readonly DeviceInfo[], dev: number): number {
  return chainFrom(devices, dev).at(-1)!
}
