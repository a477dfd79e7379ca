/** One key for a cable: of the path that has the focus; where none has, the paths are offered. */
import { shapeOfHeader } from '../../stage/layout/shape.ts'
import type { Session } from '../../store/session.ts'
import type { Theater } from '../theater.ts'
import { deviceNow } from './device-now.ts'
import type { Desk, Spot } from './desk.ts'
import { carryOut } from './do.ts'
import { thingFocused } from './thing-at.ts'

export function cutFocused(
  session: Session,
  theater: Theater,
  desk: Desk,
  otherwise: { readonly lane: number; readonly spot: Spot },
): void {
  const focused = thingFocused(theater)
  if (focused?.thing.kind !== 'path') {
    const { lane = otherwise.lane, spot = otherwise.spot } = focused ?? {}
    desk.open({ open: 'menu', lane, thing: { kind: 'paths' }, spot })
    return
  }
  const { lane, thing } = focused
  const show = theater.show(lane)
  const disk = show && shapeOfHeader(show.record.header).paths.find(({ dev }) => dev === thing.dev)?.disk
  if (show === undefined || disk === undefined) return
  const { name } = show.record.header.devices[disk]!
  const { cable } = deviceNow(show.record, show.picture, disk)
  void carryOut(session, desk, lane, `link ${name} ${cable === 'out' ? 'up' : 'down'}`)
}
