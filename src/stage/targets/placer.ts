/**
 * Where everything in a picture belongs on the stage: a pure function of (picture, layout, facts). Who moves there, and
 * how, is the business of motion/.
 *
 * A bio inside a request lies inside the frame that stands for the request on screen: while a request clone runs, that is
 * the clone's frame on the path, and the original request stays behind on the dm device as an empty frame that holds a tag.
 */
import type { Picture } from '../../record/picture.ts'
import { NO_SLOT } from '../../record/places.ts'
import type { LaneFacts } from '../facts.ts'
import type { LaneLayout } from '../layout/parts.ts'
import { layerStation, pathStation, Station } from '../motion/stations.ts'
import { rect } from '../rect.ts'
import { besidePocket, pocketContent } from './areas.ts'
import { BirthOrder } from './birth-order.ts'
import { placeInGrid } from './grid.ts'
import { placeInner } from './inner.ts'
import { placeInLine } from './line.ts'
import { Look } from './look.ts'
import type { Placing } from './placing.ts'
import { Queues } from './queues.ts'
import { sortRow } from './sort-rows.ts'
import type { Targets } from './targets.ts'

/** Working memory of one lane. */
export class Placer {
  private readonly queues: Queues = new Queues()
  private readonly order: BirthOrder = new BirthOrder()
  /** Row of the request clone by row of its request. */
  private cloneOf: Int32Array = new Int32Array(0)

  place(picture: Picture, layout: LaneLayout, facts: LaneFacts, out: Targets): void {
    const placing: Placing = { picture, layout, facts, out }
    const { queues, order } = this
    out.reset(picture.slots.count, layout.paths.length)
    queues.reset(layout)
    if (this.cloneOf.length < picture.slots.count) this.cloneOf = new Int32Array(picture.slots.capacity)
    this.cloneOf.fill(NO_SLOT, 0, picture.slots.count)
    order.update(picture)
    for (let i = 0; i < order.count; i++) sortRow(placing, queues, this.cloneOf, order.rows[i]!)
    placeInGrid(placing, queues.app, layout.app.content, Station.app, facts.ioSpan)
    layout.layers.forEach(({ content }, i) =>
      placeInGrid(placing, queues.layers[i]!, content, layerStation(i), facts.bioSpan),
    )
    if (layout.map !== undefined) placeDm(placing, queues)
    placePaths(placing, queues)
    placeInner(placing, this.cloneOf)
  }
}

function placeDm(placing: Placing, queues: Queues): void {
  const { layout, out, facts, picture } = placing
  const first = layout.dm.bands[0]!
  const area = out.pockets[0] === 1 ? besidePocket(first.content, first.pocket) : first.content
  if (picture.header.mode !== 'rq') {
    const { content } = layout.app
    const half = area.h / 2
    const upper = rect(content.x, area.y, Math.min(content.w, area.w), half)
    placeInGrid(placing, queues.originals, upper, Station.dm, facts.bioSpan)
    placeInLine(placing, queues.dmClones, rect(upper.x, area.y + half, upper.w, half), Station.dm)
    putUnderOriginals(placing, queues.dmClones, upper.x + upper.w)
  } else placeInLine(placing, queues.dmBand, area, Station.dm)
  placeInLine(placing, queues.dmPocket, pocketContent(first.pocket, layout.unitPx), Station.dm_pocket)
  placeInLine(placing, queues.choosing, layout.choosing, Station.choose, true)
}

/** A clone that has not gone yet stands below the original it was made from. */
function putUnderOriginals({ picture, out }: Placing, clones: readonly number[], rightPx: number): void {
  for (const slot of clones) {
    const original = picture.find(picture.slots.parent[slot]!)
    if (original !== NO_SLOT && out.look[original] === Look.waiting)
      out.x[slot] = Math.min(out.x[original]!, rightPx - out.w[slot]!)
  }
}

function placePaths(placing: Placing, queues: Queues): void {
  const { layout, out } = placing
  layout.paths.forEach((path, i) => {
    const { band, pocket, device } = queues.paths[i]!
    const { content } = path.band
    const used = out.pockets[i + 1] === 1
    const inBand = used ? besidePocket(content, path.band.pocket) : content
    placeInLine(placing, band, inBand, pathStation(i, 'band'))
    const inPocket = pocketContent(path.band.pocket, layout.unitPx)
    placeInLine(placing, pocket, inPocket, pathStation(i, 'pocket'))
    placeInLine(placing, device, path.device.content, pathStation(i, 'device'))
  })
}
