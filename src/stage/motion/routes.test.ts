import { describe, expect, it } from 'vitest'
import { shapeOf } from '../lane-show.ts'
import { layoutLane } from '../layout/layout.ts'
import { rect, type Point } from '../rect.ts'
import { bioLane } from '../test-record.ts'
import { routeBetween } from './routes.ts'
import { pathStation, Station } from './stations.ts'

const ROOM = { widthPx: 568, heightPx: 500, unitPx: 1 }
const layout = layoutLane(shapeOf(bioLane(4, 3)), ROOM)
const CHOOSING: Point = { x: 300, y: 240 }
const AREAS = [
  Station.app,
  Station.dm,
  Station.dm_pocket,
  Station.choose,
  ...layout.paths.flatMap((_, i) =>
    (['band', 'pocket', 'device'] as const).map((area) => pathStation(i, area)),
  ),
]

function corners(from: number, to: number): Point[] {
  const flat = routeBetween(layout, from, to, CHOOSING, CHOOSING, [])
  return Array.from({ length: flat.length / 2 }, (_, i) => ({ x: flat[2 * i]!, y: flat[2 * i + 1]! }))
}

describe('a route', () => {
  it('has no corners within an area', () => {
    for (const area of AREAS) expect(corners(area, area)).toEqual([])
  })

  it('goes down the link of its path, corner by corner, and up the same one backwards', () => {
    layout.links.forEach(({ points }, i) => {
      const down = corners(Station.choose, pathStation(i, 'band'))
      const up = corners(pathStation(i, 'band'), Station.choose)
      const link = points.slice(1)
      expect(down.slice(-link.length)).toEqual(link)
      expect(up.slice(0, link.length)).toEqual([...link].reverse())
    })
  })

  it('never leaves the lane, and crosses no node', () => {
    const lane = rect(0, 0, ROOM.widthPx, ROOM.heightPx)
    for (const from of AREAS)
      for (const to of AREAS)
        for (const { x, y } of corners(from, to)) {
          expect(x >= lane.x && x <= lane.w && y >= lane.y && y <= lane.h).toBe(true)
          for (const node of layout.nodes)
            expect(Math.hypot(x - node.x, y - node.y)).toBeGreaterThan(node.radius)
        }
  })

  it('to the address strip keeps under the boxes', () => {
    for (let i = 0; i < layout.paths.length; i++) {
      const { box } = layout.paths[i]!
      for (const { y } of corners(pathStation(i, 'device'), Station.strip)) {
        expect(y).toBeGreaterThan(box.y + box.h)
        expect(y).toBeLessThan(layout.lun.strip.y)
      }
    }
  })
})
