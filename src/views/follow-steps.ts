/** Steps of who follows an I/O: the next one by number, from one of its events to the next. Loads with the actions. */
import { objectId } from '../record/places.ts'
import type { Session } from '../store/session.ts'
import { goTo, type Pick } from './following.ts'
import type { Theater } from './theater.ts'

/** The next original bio by number, beginning with the oldest that is on the stage. */
export function followNext(
  session: Session,
  theater: Theater,
  lane: number,
  direction: 1 | -1,
  pick: Pick,
): void {
  const show = theater.show(lane)
  if (show === undefined) return
  const followed = session.selection.getState().followed[lane]
  const id = show.nextBio(followed ?? 0, direction)
  if (id !== 0) pick(lane, objectId(id))
}

/**
 * To the event that made the present one possible, or to what came of it: for the I/O that is followed. On an event of
 * somebody else the way back leads to the I/O again.
 */
export async function toNeighbour(
  session: Session,
  theater: Theater,
  which: 'cause' | 'effect',
): Promise<void> {
  const { followed } = session.selection.getState()
  const lane = followed.findIndex((id) => id !== undefined)
  const record = session.records[lane]
  const id = followed[lane]
  if (record === undefined || id === undefined || theater.show(lane) === undefined) return
  const [{ familyOf }, { IoThread }, { causeOf, effectOf }] = await Promise.all([
    import('../record/family.ts'),
    import('../stage/inspect/thread.ts'),
    import('../stage/inspect/causes.ts'),
  ])
  const family = familyOf(record, id)
  if (family === undefined) return
  const thread = new IoThread(record, family)
  const now = session.player.indexOf(lane)
  const to = which === 'cause' ? causeOf(record, now, thread)?.index : effectOf(record, now, thread)
  if (to !== undefined) goTo(session, lane, to)
}
