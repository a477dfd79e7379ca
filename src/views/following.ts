/** Following an I/O: the same one in every lane, and to one of its events. What keys do with it is in follow-steps.ts. */
import type { ObjectId } from '../record/places.ts'
import type { RunRecord } from '../record/run-record.ts'
import { playheadAfter } from '../store/playhead.ts'
import type { Session } from '../store/session.ts'

export type Pick = (lane: number, id: ObjectId | undefined) => void

/** The same I/O of the same application is followed in the other lanes, too. */
export async function followedIn(
  records: readonly (RunRecord | undefined)[],
  lane: number,
  id: ObjectId | undefined,
): Promise<(ObjectId | undefined)[]> {
  if (id === undefined) return []
  const { familyOf, sameIo } = await import('../record/family.ts')
  const from = records[lane]
  const io = from === undefined ? undefined : familyOf(from, id)?.io
  return records.map((record, i) => {
    if (i === lane) return id
    return from === undefined || io === undefined || record === undefined
      ? undefined
      : sameIo(from, io, record)
  })
}

/** To the moment right after an event, also where others share its nanosecond. */
export function goTo(session: Session, lane: number, index: number): void {
  if (session.records[lane] === undefined) return
  session.player.pause()
  session.player.seekPlayhead(playheadAfter(session.records, lane, index))
}
