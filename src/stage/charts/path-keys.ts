/** How paths are told apart in every chart. */
import { pathInk } from '../timeline/colours.ts'
import type { ChartInput, Key } from './chart.ts'

const DASHES = ['solid', 'dashed', 'dotted'] as const

/** A colour and, where colours begin again, a dash for each path; the same in every chart. */
export function pathKeys({ paths }: ChartInput): Key[] {
  return paths.map(({ name }, place) => ({
    name,
    colour: pathInk(place),
    dash: DASHES[place % DASHES.length]!,
  }))
}

/** Place of a device among the paths. */
export function placeOf({ paths }: ChartInput): (dev: number) => number {
  const places = new Map(paths.map(({ dev }, place) => [dev, place]))
  return (dev) => places.get(dev) ?? 0
}
