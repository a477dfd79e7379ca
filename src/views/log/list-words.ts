/** What the list says: its rows, and the sentence under it, as far as a frame has time for them. */
import { logRow } from '../../stage/log/log-row.ts'
import type { LaneShow } from '../../stage/lane-show.ts'
import type { MergedOrder } from '../../stats/merged-order.ts'
import { laneLetter } from '../dock/panel.ts'
import { PatientTeller } from './lane-teller.ts'
import type { ShownRow } from './log-rows.ts'

/** Of a frame, for pictures of moments that are far away. */
const BUDGET_MS = 8

type Shows = readonly (LaneShow | undefined)[]

export class ListWords {
  /** Something was left out for want of time: paint again in the next frame. */
  owing = false
  private readonly nowMs: () => number
  private endMs = 0
  /** Rows and the sentence under them may be far apart: a picture for each. */
  private readonly ofRows = new WeakMap<LaneShow, PatientTeller>()
  private readonly ofSentence = new WeakMap<LaneShow, PatientTeller>()

  constructor(nowMs: () => number) {
    this.nowMs = nowMs
  }

  /** A frame begins. */
  begin(): void {
    this.owing = false
    this.endMs = this.nowMs() + BUDGET_MS
  }

  /** Rows from a rank on, so many at most. */
  rows(
    order: MergedOrder,
    shows: Shows,
    first: number,
    count: number,
    at: { readonly now: number; readonly active: number },
  ): ShownRow[] {
    const rows: ShownRow[] = []
    for (let rank = first; rank < Math.min(order.length, first + count); rank++) {
      const row = order.at(rank)
      const show = row === undefined ? undefined : shows[row.lane]
      if (row === undefined || show === undefined) continue
      const when = rank < at.now ? 'past' : 'future'
      rows.push({
        ...logRow(show, row.index),
        rank,
        lane: laneLetter(row.lane),
        sentence: this.tell(this.ofRows, show, row.index) ?? '',
        when: rank === at.now ? 'now' : when,
        active: rank === at.active,
      })
    }
    return rows
  }

  /** Of one event, with the letter of its lane; undefined while it is not there. */
  sentence(order: MergedOrder, shows: Shows, rank: number): string | undefined {
    const row = order.at(rank)
    const show = row === undefined ? undefined : shows[row.lane]
    if (row === undefined || show === undefined) return ''
    const told = this.tell(this.ofSentence, show, row.index)
    return told === undefined ? undefined : `${laneLetter(row.lane)}: ${told}`
  }

  private tell(tellers: WeakMap<LaneShow, PatientTeller>, show: LaneShow, index: number): string | undefined {
    let teller = tellers.get(show)
    if (teller === undefined) tellers.set(show, (teller = new PatientTeller(show)))
    const told = teller.tell(index, () => this.nowMs() < this.endMs)
    if (told === undefined) this.owing = true
    return told
  }
}
