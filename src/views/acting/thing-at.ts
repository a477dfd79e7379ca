/** What lies at a point of a lane, and what has the focus there. */
import { objectId } from '../../record/places.ts'
import { holds } from '../../stage/rect.ts'
import type { LaneShow } from '../../stage/lane-show.ts'
import { pointIn } from '../stage/lane-point.ts'
import type { Theater } from '../theater.ts'
import { type Spot, spotOf, type Thing } from './desk.ts'

export interface Pointed {
  readonly lane: number
  readonly thing: Thing
  readonly spot: Spot
}

/** Undefined outside the lanes. */
export function thingUnder(
  theater: Theater,
  target: EventTarget | null,
  x: number,
  y: number,
): Pointed | undefined {
  const element = target instanceof Element ? target.closest<HTMLElement>('.lane[data-lane]') : null
  if (element === null || (target as Element).closest('.zoom') !== null) return undefined
  const lane = Number(element.dataset['lane'])
  const show = theater.show(lane)
  if (show === undefined) return undefined
  const at = pointIn(element, x, y)
  const under = boxAt(show, at.x, at.y)
  const id = show.idAt(at.x, at.y)
  const thing: Thing =
    id === undefined ? (under ?? { kind: 'paths' }) : { kind: 'io', id, ...(under && { under }) }
  return { lane, thing, spot: { left: x, right: x, top: y, bottom: y } }
}

/** The thing in a lane that the keyboard is on; undefined where the focus is elsewhere. */
export function thingFocused(theater: Theater): Pointed | undefined {
  const focused = document.activeElement
  const element = focused?.closest<HTMLElement>('.lane[data-lane]')
  if (!(focused instanceof HTMLElement) || element === null || element === undefined) return undefined
  const lane = Number(element.dataset['lane'])
  const show = theater.show(lane)
  if (show === undefined) return undefined
  const spot = spotOf(focused)
  const queue = focused.dataset['queue']
  if (queue === undefined) {
    const thing: Thing = show.cursor === 0 ? { kind: 'paths' } : { kind: 'io', id: objectId(show.cursor) }
    return { lane, thing, spot: { ...spot, top: spot.top + 60, bottom: spot.top + 60 } }
  }
  const path = show.layout.paths.find(({ disk }) => disk === Number(queue))
  return { lane, thing: path === undefined ? { kind: 'map' } : { kind: 'path', dev: path.dev }, spot }
}

function boxAt({ layout }: LaneShow, x: number, y: number): Thing | undefined {
  const path = layout.paths.find(({ box }) => holds(box, x, y))
  if (path !== undefined) return { kind: 'path', dev: path.dev }
  const node = layout.nodes.find(
    (one) => Math.abs(x - one.x) < one.halfWidth && Math.abs(y - one.y) < one.radius,
  )
  if (node !== undefined) return { kind: 'path', dev: node.dev }
  const link = layout.links.find(({ points }) =>
    points.some((from, i) => {
      const to = points[i + 1]
      return to !== undefined && nearLine(from, to, x, y, LINK_REACH * layout.unitPx)
    }),
  )
  if (link !== undefined) return { kind: 'path', dev: link.dev }
  const group = layout.groups.find(({ box }) => holds(box, x, y))
  if (group !== undefined) return { kind: 'group', group: group.group }
  return holds(layout.dm.box, x, y) ? { kind: 'map' } : undefined
}

/** A line is thin; fingers and pointers are not. */
const LINK_REACH = 8

interface Point {
  readonly x: number
  readonly y: number
}

/** Links run along the axes. */
function nearLine(from: Point, to: Point, x: number, y: number, reach: number): boolean {
  return (
    x >= Math.min(from.x, to.x) - reach &&
    x <= Math.max(from.x, to.x) + reach &&
    y >= Math.min(from.y, to.y) - reach &&
    y <= Math.max(from.y, to.y) + reach
  )
}
