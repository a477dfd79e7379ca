/**
 * How long each step of an I/O took, in blktrace's letters: Q submitted, G a request (or a merge into one), I inserted into
 * a scheduler, D given to the device, C completed. Where a letter is missing, the next takes its place (Q2D).
 */
import { EventKind } from '../engine/log/index.ts'
import type { RunRecord } from '../record/run-record.ts'

export interface Step {
  /** `Q2G` as btt calls it. */
  readonly letters: string
  readonly about: string
  readonly ns: number
}

const ORDER = ['Q', 'G', 'I', 'D', 'C'] as const
type Letter = (typeof ORDER)[number]

const ABOUT: Readonly<Record<Letter, string>> = {
  Q: 'submitted',
  G: 'until it was a request, or part of one',
  I: 'until it was in the scheduler',
  D: 'until the device had it',
  C: 'until the device had done it',
}

/** @param events Indices of the events of one family, rising. */
export function stepsOf(record: RunRecord, events: readonly number[]): Step[] {
  const at = new Map<Letter, number>()
  for (const index of events) {
    const letter = letterOf(record, index)
    if (letter !== undefined && (letter === 'C' || !at.has(letter))) at.set(letter, record.timeAt(index))
  }
  const steps: Step[] = []
  let from: Letter = 'Q'
  for (const to of ORDER.slice(1)) {
    const start = at.get(from)
    const end = at.get(to)
    if (start === undefined || end === undefined) continue
    steps.push({ letters: `${from}2${to}`, about: ABOUT[to], ns: Math.max(0, end - start) })
    from = to
  }
  return steps
}

function letterOf(record: RunRecord, index: number): Letter | undefined {
  const onPath = record.header.devices[record.devAt(index)]?.role === 'path'
  switch (record.kindAt(index)) {
    case EventKind.bio_queue:
      return 'Q'
    case EventKind.getrq:
    case EventKind.backmerge:
    case EventKind.frontmerge:
      return 'G'
    case EventKind.rq_insert:
      return 'I'
    case EventKind.rq_issue:
      return onPath ? 'D' : undefined
    case EventKind.rq_complete:
      return onPath ? 'C' : undefined
    default:
      return undefined
  }
}
