/**
 * The figures between the lanes, counted from the record up to the moment that is shown. All of them are simulated; rows
 * in which the lanes differ are the ones to look at.
 */
import { durationText } from '../lib/duration.ts'
import { Counter } from '../record/counters.ts'
import type { Picture } from '../record/picture.ts'
import type { LaneFacts } from './facts.ts'
import { LatencyMeter } from './latency.ts'
import { bytesText, countText } from './words.ts'

export interface ScoreRow {
  readonly key: string
  readonly label: string
  /** What is counted, in one sentence; shown on hover and in the help. */
  readonly about: string
}

export const SCORE_ROWS: readonly ScoreRow[] = [
  { key: 'commands', label: 'commands', about: 'Requests given to the devices of the paths.' },
  { key: 'avg_size', label: 'avg size', about: 'Mean size of a command given to a device.' },
  { key: 'merges', label: 'merges', about: 'Bios and requests that joined another request.' },
  { key: 'splits', label: 'splits', about: 'Cuts made because a bio was larger than a limit.' },
  {
    key: 'bio_clones',
    label: 'bio clones',
    about: 'Bios that device-mapper cloned; a request clone carries one for each bio.',
  },
  { key: 'rq_clones', label: 'rq clones', about: 'Requests that multipath cloned onto a path.' },
  {
    key: 'requeues',
    label: 'requeues',
    about: 'Requests put back to be tried again, and clones retried by the worker.',
  },
  {
    key: 'errors',
    label: 'errors',
    about: 'Requests that ended with an error on a path or on the dm device.',
  },
  { key: 'p99', label: 'p99 latency', about: '99 of 100 I/Os took no longer, from submission to end.' },
]

export interface Score {
  readonly text: string
  /** What is compared between lanes. */
  readonly value: number
}

/** The column of one lane. */
export class ScoreColumn {
  private readonly meter = new LatencyMeter()
  private readonly scores: Map<string, Score> = new Map()

  at(picture: Picture, facts: LaneFacts): ReadonlyMap<string, Score> {
    const commands = picture.totalOf(Counter.issued, 'path')
    const sectors = picture.totalOf(Counter.issued_sectors, 'path')
    const merges = [Counter.back_merges, Counter.front_merges, Counter.request_merges]
    this.count('commands', commands)
    this.put(
      'avg_size',
      commands === 0 ? 0 : sectors / commands,
      commands === 0 ? '–' : bytesText(sectors / commands),
    )
    this.count(
      'merges',
      merges.reduce((sum, counter) => sum + picture.total(counter), 0),
    )
    this.count('splits', picture.total(Counter.splits))
    this.count('bio_clones', picture.total(Counter.bio_clones))
    this.count('rq_clones', picture.total(Counter.request_clones))
    this.count('requeues', picture.total(Counter.requeues) + picture.total(Counter.retries))
    this.count('errors', picture.total(Counter.errors))
    const p99 = this.meter.percentileNs(facts, picture.index, 0.99)
    this.put('p99', p99 ?? 0, p99 === undefined ? '–' : durationText(p99).replace(' ', ''))
    return this.scores
  }

  private count(key: string, value: number): void {
    this.put(key, value, countText(value))
  }

  private put(key: string, value: number, text: string): void {
    this.scores.set(key, { value, text })
  }
}

/** Rows in which the lanes do not say the same. */
export function differs(columns: readonly (ReadonlyMap<string, Score> | undefined)[], key: string): boolean {
  const texts = columns.map((column) => column?.get(key)?.text).filter((text) => text !== undefined)
  return new Set(texts).size > 1
}
