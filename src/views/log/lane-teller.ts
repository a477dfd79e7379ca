/** Sentences of any event of a lane; close to each other they cost a step of the picture, far ones a seek. */
import { PictureCursor } from '../../record/picture-cursor.ts'
import type { LaneShow } from '../../stage/lane-show.ts'
import { telling } from '../telling.ts'

export type LaneTeller = (index: number) => string | undefined

const tellers = new WeakMap<LaneShow, LaneTeller>()

/** Undefined answers while the words are not loaded. */
export function laneTeller(show: LaneShow): LaneTeller {
  const known = tellers.get(show)
  if (known !== undefined) return known
  const cursor = new PictureCursor(show.record)
  const teller: LaneTeller = (index) => {
    const words = telling()
    if (words === undefined) return undefined
    const { record, facts } = show
    return words.sentenceAt({ record, facts, picture: cursor.at(index) }, index)
  }
  tellers.set(show, teller)
  return teller
}
