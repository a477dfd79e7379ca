/** Areas of a lane between which things travel, as small numbers: a column of the targets. */
export const Station = {
  none: 0,
  strip: 1,
  app: 2,
  /** The first band of the dm device. */
  dm: 3,
  dm_pocket: 4,
  choose: 5,
} as const

const FIRST_PATH = 8
const PER_PATH = 3
/** Stations of paths end here: room for 60 of them. */
const FIRST_LAYER = 200

export type PathArea = 'band' | 'pocket' | 'device'
const AREAS: readonly PathArea[] = ['band', 'pocket', 'device']

/** Station of an area of the path at a place in the layout. */
export function pathStation(path: number, area: PathArea): number {
  return FIRST_PATH + path * PER_PATH + AREAS.indexOf(area)
}

/** Place in the layout of the path that a station belongs to, -1 for all others. */
export function pathOfStation(station: number): number {
  return station < FIRST_PATH || station >= FIRST_LAYER ? -1 : Math.floor((station - FIRST_PATH) / PER_PATH)
}

/** Station of a device above the map, by its place in the layout. */
export function layerStation(layer: number): number {
  return FIRST_LAYER + layer
}
