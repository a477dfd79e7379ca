/** Sentences of any event of a lane; close to each other they cost a step of the picture, far ones a seek. */
import { PictureCursor } from '../../record/picture-cursor.ts'
import type { LaneShow } from '../../stage/lane-show.ts'
import { telling } from '../telling.ts'

export type LaneTeller = (index: number) => string | undefined

const tellers = new WeakMap<LaneShow, LaneTeller>()

/** The teller of what is in sight; undefined answers while the words are not loaded. */
export function laneTeller(show: LaneShow): LaneTeller {
  let teller = tellers.get(show)
  if (teller === undefined) tellers.set(show, (teller = newTeller(show)))
  return teller
}

/** One with a picture of its own, for who walks through the whole run while others look at a part of it. */
export function newTeller(show: LaneShow): LaneTeller {
  const cursor = new PictureCursor(show.record)
  return (index) => {
    const words = telling()
    if (words === undefined) return undefined
    const { record, facts } = show
    return words.sentenceAt({ record, facts, picture: cursor.at(index) }, index)
  }
}
