/**
 * The sentence under a lane. Standing still it is that of the present event, and in a silence what is waited for. While
 * the show plays, sentences must stay long enough to be read: every HOLD_MS the weightiest event since the last one is
 * told, and where nothing has happened since, what is waited for. When all is done, the sum.
 */
import { DEV_NONE, EventKind } from '../engine/log/index.ts'
import { Counter } from '../record/counters.ts'
import type { Picture } from '../record/picture.ts'
import { PictureCursor } from '../record/picture-cursor.ts'
import type { RunRecord } from '../record/run-record.ts'
import { BEAT_BY_KIND } from '../record/story-beats.ts'
import type { LaneShow } from './lane-show.ts'
import { sentence, sentenceAt } from './sentences/sentences.ts'
import { waitingSentence } from './waiting.ts'
import { bytesText, countText, sizeText } from './words.ts'

const HOLD_MS = 1500
/** Events looked back for the weightiest; more have not been seen by anybody. */
const LOOK_BACK = 256
/** From so long on until the next event it is a silence. */
const SILENCE_NS = 10_000
/** Events that say less than what is waited for. */
const DULL: ReadonlySet<number> = new Set([
  EventKind.task_sleep,
  EventKind.task_wake,
  EventKind.timer_arm,
  EventKind.rq_free,
  EventKind.mpath_flags,
])

export class Caption {
  private saidMs = -Infinity
  private saidIndex = -1
  /** Follows the show from sentence to sentence: cheaper than a picture made anew for each. */
  private cursor: { readonly record: RunRecord; readonly pictures: PictureCursor } | undefined

  /** The text to show now, undefined where the present one stays. */
  next(show: LaneShow, playing: boolean, nowMs: number): string | undefined {
    const { record, facts, picture, index } = show
    if (index < 0 && !playing)
      return 'Nothing has happened yet. Press play, or the right arrow for the first event.'
    if (!playing) {
      this.saidIndex = index
      this.saidMs = -Infinity
      return endOf(show) ?? atRest(show, sentenceAt({ record, facts, picture }, index))
    }
    if (index < this.saidIndex) this.saidIndex = -1
    if (nowMs - this.saidMs < HOLD_MS) return undefined
    if (index === this.saidIndex) return endOf(show) ?? silenceOf(show)
    const told = weightiest(show, this.saidIndex + 1, index)
    this.saidMs = nowMs
    this.saidIndex = index
    const end = endOf(show)
    if (end !== undefined) return end
    const silence = isRoutine(record.kindAt(told)) ? silenceOf(show, true) : undefined
    return silence ?? sentence({ record, facts, picture: this.pictureAt(record, told) }, record.eventAt(told))
  }

  private pictureAt(record: RunRecord, index: number): Picture {
    if (this.cursor?.record !== record) this.cursor = { record, pictures: new PictureCursor(record) }
    return this.cursor.pictures.at(index)
  }
}

/** While the show flies over retries, what is waited for stays the news. */
function isRoutine(kind: number): boolean {
  return DULL.has(kind) || kind === EventKind.timer_end
}

/** The event, then what is waited for after it; of an event that says little, only that. */
function atRest(show: LaneShow, said: string): string {
  const { record, index } = show
  const dull = DULL.has(record.kindAt(index))
  const silence = silenceOf(show, dull)
  if (silence === undefined) return said
  const foundNone = record.kindAt(index) === EventKind.choose_path && record.devAt(index) === DEV_NONE
  return foundNone || dull ? silence : `${said} ${silence}`
}

/** What is waited for, where the next event is far; `anyway`: also where it is near. */
function silenceOf({ record, picture, index, timeNs }: LaneShow, anyway = false): string | undefined {
  const isLast = index >= record.eventCount - 1
  const gapNs = isLast ? Infinity : record.timeAt(index + 1) - record.timeAt(index)
  if (!anyway && gapNs < SILENCE_NS) return undefined
  return waitingSentence({ record, picture, timeNs: Math.max(timeNs, picture.timeNs) })
}

function weightiest(show: LaneShow, from: number, to: number): number {
  let best = to
  for (let i = Math.max(from, to - LOOK_BACK); i <= to; i++)
    if (BEAT_BY_KIND[show.record.kindAt(i)]! >= BEAT_BY_KIND[show.record.kindAt(best)]!) best = i
  return best
}

/** What came of it, when no I/O is left and none will come. */
function endOf(show: LaneShow): string | undefined {
  const { picture, record } = show
  const isLast = record.result !== undefined && picture.index >= record.eventCount - 1
  return isLast && picture.iosLive === 0 ? conclusion(picture) : undefined
}

/** `Done: 16 bios became 16 commands of 4 KiB; nothing merged.` */
export function conclusion(picture: Picture): string {
  const bios = picture.total(Counter.bios_completed)
  const commands = picture.totalOf(Counter.issued, 'path')
  const sectors = picture.totalOf(Counter.issued_sectors, 'path')
  const merges =
    picture.total(Counter.back_merges) +
    picture.total(Counter.front_merges) +
    picture.total(Counter.request_merges)
  const failed = picture.total(Counter.bios_failed)
  const size =
    commands === 0
      ? ''
      : ` of ${commands === 1 ? sizeText(sectors) : `${bytesText(sectors / commands)} on average`}`
  const merged = merges === 0 ? 'nothing merged' : `${countText(merges)} ${merges === 1 ? 'merge' : 'merges'}`
  const bad = failed === 0 ? '' : `; ${countText(failed)} failed`
  return `Done: ${plural(bios, 'bio')} became ${plural(commands, 'command')}${size}; ${merged}${bad}.`
}

function plural(count: number, word: string): string {
  return `${countText(count)} ${word}${count === 1 ? '' : 's'}`
}
