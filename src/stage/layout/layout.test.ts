import { describe, expect, it } from 'vitest'
import type { QueueMode } from '../../engine/log/index.ts'
import { layoutLane } from './layout.ts'
import type { LaneLayout, Room } from './parts.ts'
import type { LaneShape } from './shape.ts'
import { contains, overlaps, rect, type Rect } from '../rect.ts'

/** Lanes as the page makes them: at 1280x720, 1920x1080, 3840x2160, beside the inspector, on a phone. */
const ROOMS: Readonly<Record<string, Room>> = {
  laptop: { widthPx: 568, heightPx: 500, unitPx: 1 },
  projector: { widthPx: 852, heightPx: 750, unitPx: 1.5 },
  wall: { widthPx: 1704, heightPx: 1500, unitPx: 3 },
  inspected: { widthPx: 417, heightPx: 500, unitPx: 1 },
  phone: { widthPx: 376, heightPx: 530, unitPx: 1 },
  'laptop under a tall dock': { widthPx: 568, heightPx: 318, unitPx: 1 },
  'laptop under a tall dock, inspected': { widthPx: 382, heightPx: 318, unitPx: 1 },
}

function shape(mode: QueueMode, paths: number, groups = 1, layers: LaneShape['layers'] = []): LaneShape {
  return {
    mode,
    layers,
    map: 0,
    paths: Array.from({ length: paths }, (_, i) => ({
      dev: i + 1,
      disk: i + 1,
      chain: [i + 1],
      name: `sd${i + 1}`,
      group: 1 + Math.floor((i * groups) / paths),
    })),
  }
}

function lane(mode: 'bio' | 'rq', paths: number, room: Room): LaneLayout {
  return layoutLane(shape(mode, paths), room)
}

/** Boxes that stand beside or below each other. */
function siblings(layout: LaneLayout): Rect[] {
  const { title, app, layers, dm, paths, lun, sentence, kept } = layout
  return [
    title,
    app.label,
    app.content,
    app.count,
    ...layers.map(({ box }) => box),
    dm.box,
    ...paths.map((path) => path.box),
    lun.label,
    lun.strip,
    sentence,
    kept,
  ]
}

for (const [name, room] of Object.entries(ROOMS)) {
  for (const mode of ['bio', 'rq'] as const) {
    for (const paths of [1, 2, 3, 4, 8, 16]) {
      describe(`a ${mode} lane of ${paths} paths on a ${name}`, () => {
        const layout = lane(mode, paths, room)

        it('keeps every box inside the lane', () => {
          const all = rect(0, 0, room.widthPx, room.heightPx)
          for (const box of siblings(layout)) expect(contains(all, box, 0.6)).toBe(true)
        })

        it('lets no two boxes overlap', () => {
          const boxes = siblings(layout)
          boxes.forEach((box, i) => {
            for (const other of boxes.slice(i + 1)) expect(overlaps(box, other)).toBe(false)
          })
        })

        it('puts bands and rows inside their boxes, one below the other', () => {
          const [first, second] = layout.dm.bands
          expect(contains(layout.dm.box, first!.box) && contains(layout.dm.box, second!.box)).toBe(true)
          expect(overlaps(first!.box, second!.box)).toBe(false)
          for (const path of layout.paths) {
            const rows = [path.band.box, path.device.content, path.tags.content]
            for (const row of rows) expect(contains(path.box, row)).toBe(true)
            expect(overlaps(rows[0]!, rows[1]!) || overlaps(rows[1]!, rows[2]!)).toBe(false)
          }
        })

        it('stands every selector node in the choosing band, without touching the next', () => {
          const band = layout.dm.bands.find(({ kind }) => kind === 'choose')!
          const nodes = layout.nodes.map(({ x, y, halfWidth, radius }) =>
            rect(x - halfWidth, y - radius, 2 * halfWidth, 2 * radius),
          )
          for (const node of nodes) expect(contains(band.box, node)).toBe(true)
          nodes.forEach((node, i) => {
            expect(overlaps(node, layout.choosing)).toBe(false)
            for (const other of nodes.slice(i + 1)) expect(overlaps(node, other)).toBe(false)
          })
        })

        it('leads every link to the head of its own path', () => {
          for (const link of layout.links) {
            const { box } = layout.paths.find((path) => path.dev === link.dev)!
            const end = link.points.at(-1)!
            expect(end.x).toBeGreaterThan(box.x)
            expect(end.x).toBeLessThan(box.x + box.w)
            expect(end.y).toBeCloseTo(box.y)
          }
        })

        it('lays no link across the box of another path', () => {
          for (const link of layout.links) {
            for (let i = 1; i < link.points.length; i++) {
              const [a, b] = [link.points[i - 1]!, link.points[i]!]
              const leg = rect(
                Math.min(a.x, b.x),
                Math.min(a.y, b.y),
                Math.abs(a.x - b.x),
                Math.abs(a.y - b.y),
              )
              for (const { box } of layout.paths) expect(overlaps(box, leg, 0.01)).toBe(false)
            }
          }
        })
      })
    }
  }
}

describe('the order of the bands', () => {
  it('is the only thing in which the two modes differ', () => {
    const bio = lane('bio', 2, ROOMS['laptop']!)
    const rq = lane('rq', 2, ROOMS['laptop']!)
    expect(bio.dm.bands.map(({ kind }) => kind)).toEqual(['split', 'choose'])
    expect(rq.dm.bands.map(({ kind }) => kind)).toEqual(['merge', 'choose'])
    expect(bio.paths.map(({ band }) => band.kind)).toEqual(['merge', 'merge'])
    expect(rq.paths.map(({ band }) => band.kind)).toEqual(['bypass', 'bypass'])
    expect(siblings(rq)).toEqual(siblings(bio))
  })
})

describe('other stacks', () => {
  const room = ROOMS['laptop']!

  it('put a row for each device above the map, the top first, over it', () => {
    const layers = [
      { dev: 8, name: 'dm-2', role: 'linear' },
      { dev: 9, name: 'dm-1', role: 'partition' },
    ] as const
    const layout = layoutLane(shape('bio', 2, 1, layers), room)
    const [top, second] = layout.layers
    expect(top!.box.y).toBeLessThan(second!.box.y)
    expect(second!.box.y + second!.box.h).toBeLessThan(layout.dm.box.y)
    const boxes = siblings(layout)
    boxes.forEach((box, i) => {
      for (const other of boxes.slice(i + 1)) expect(overlaps(box, other)).toBe(false)
    })
  })

  it('frame the nodes of each priority group, and of no other', () => {
    const layout = layoutLane(shape('rq', 6, 3), room)
    expect(layout.groups.map(({ group }) => group)).toEqual([1, 2, 3])
    layout.nodes.forEach((node, i) => {
      const box = rect(node.x - node.halfWidth, node.y - node.radius, 2 * node.halfWidth, 2 * node.radius)
      const own = 1 + Math.floor((i * 3) / 6)
      for (const group of layout.groups) expect(contains(group.box, box)).toBe(group.group === own)
    })
  })

  it('have neither map nor nodes where a disk is used alone', () => {
    const alone = { ...shape('single', 1), map: undefined }
    const layout = layoutLane(alone, room)
    expect(layout.dm.bands).toEqual([])
    expect(layout.nodes).toEqual([])
    expect(layout.paths).toHaveLength(1)
    expect(contains(rect(0, 0, room.widthPx, room.heightPx), layout.paths[0]!.box)).toBe(true)
  })
})
