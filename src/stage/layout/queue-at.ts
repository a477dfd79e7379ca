/** The device whose queue lies under a point: the disk of a path, or the map. */
import { holds } from '../rect.ts'
import type { LaneLayout } from './parts.ts'

export function queueAt({ paths, dm, map }: LaneLayout, x: number, y: number): number | undefined {
  const path = paths.find(({ box }) => holds(box, x, y))
  if (path !== undefined) return path.disk
  return holds(dm.box, x, y) ? map : undefined
}

/** Every queue of a lane: the map's, then those of the paths. */
export function queuesOf({ paths, map }: LaneLayout): number[] {
  const disks = paths.map(({ disk }) => disk)
  return map === undefined ? disks : [map, ...disks]
}
