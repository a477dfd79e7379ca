/**
 * Sentences of any event of a lane; close to each other they cost a step of the picture. A far one needs the picture of its
 * moment first: whoever has a frame to draw gives it some milliseconds at a time.
 */
import { PictureCursor } from '../../record/picture-cursor.ts'
import type { LaneShow } from '../../stage/lane-show.ts'
import { telling } from '../telling.ts'

export type LaneTeller = (index: number) => string | undefined

/** So many events are folded between two looks at the clock: some tenths of a millisecond. */
const EVENTS_AT_ONCE = 2000

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

/** Sentences that are kept: what is in sight, and some more. */
const KEPT = 400

/** Tells of a lane as far as there is time, and nothing twice while nothing is new. */
export class PatientTeller {
  private readonly show: LaneShow
  private readonly cursor: PictureCursor
  private readonly told = new Map<number, string>()
  private eventsTold = 0
  private at = -1

  constructor(show: LaneShow) {
    this.show = show
    this.cursor = new PictureCursor(show.record)
  }

  /** Undefined while the picture is not there, or the words are not loaded: ask again in the next frame. */
  tell(index: number, inTime: () => boolean): string | undefined {
    const words = telling()
    if (words === undefined) return undefined
    const { record, facts } = this.show
    if (this.eventsTold !== facts.events || this.told.size > KEPT) this.told.clear()
    this.eventsTold = facts.events
    let sentence = this.told.get(index)
    if (sentence === undefined && this.reach(index, inTime)) {
      sentence = words.sentenceAt({ record, facts, picture: this.cursor.at(index) }, index)
      this.told.set(index, sentence)
    }
    return sentence
  }

  /** At least one step, so that every frame comes nearer. */
  private reach(index: number, inTime: () => boolean): boolean {
    const frame = this.show.record.keyframes.findLast((one) => one.index <= index)?.index ?? -1
    if (this.at > index || this.at < frame) this.at = frame
    do {
      this.at = Math.min(index, this.at + EVENTS_AT_ONCE)
      this.cursor.at(this.at)
    } while (this.at < index && inTime())
    return this.at === index
  }
}
