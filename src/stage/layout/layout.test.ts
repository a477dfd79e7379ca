import { describe, expect, it } from 'vitest'
import { layoutLane } from './layout.ts'
import type { LaneLayout, Room } from './parts.ts'
import { contains, overlaps, rect, type Rect } from '../rect.ts'

/** Lanes as the page makes them: at 1280x720, 1920x1080, 3840x2160, beside the inspector, on a phone. */
const ROOMS: Readonly<Record<string, Room>> = {
  laptop: { widthPx: 568, heightPx: 500, unitPx: 1 },
  projector: { widthPx: 852, heightPx: 750, unitPx: 1.5 },
  wall: { widthPx: 1704, heightPx: 1500, unitPx: 3 },
  inspected: { widthPx: 417, heightPx: 500, unitPx: 1 },
  phone: { widthPx: 376, heightPx: 530, unitPx: 1 },
}

function lane(mode: 'bio' | 'rq', paths: number, room: Room): LaneLayout {
  const devs = Array.from({ length: paths }, (_, i) => i + 1)
  return layoutLane({ mode, paths: devs, names: devs.map((dev) => `sd${dev}`) }, room)
}

/** Boxes that stand beside or below each other. */
function siblings(layout: LaneLayout): Rect[] {
  const { title, app, dm, paths, lun, sentence } = layout
  return [
    title,
    app.label,
    app.content,
    app.count,
    dm.box,
    ...paths.map((path) => path.box),
    lun.label,
    lun.strip,
    sentence,
  ]
}

for (const [name, room] of Object.entries(ROOMS)) {
  for (const mode of ['bio', 'rq'] as const) {
    for (const paths of [1, 2, 3, 4, 8]) {
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
          for (let i = 1; i < nodes.length; i++) expect(overlaps(nodes[i - 1]!, nodes[i]!)).toBe(false)
        })

        it('leads every link to the head of its own path', () => {
          for (const link of layout.links) {
            const { box } = layout.paths.find((path) => path.dev === link.dev)!
            expect(link.to.x).toBeGreaterThan(box.x)
            expect(link.to.x).toBeLessThan(box.x + box.w)
            expect(link.to.y).toBeCloseTo(box.y)
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
