/**
 * CPU time, objects and bytes of a span of time, lane by lane: every event of the span is folded once, some milliseconds of
 * each frame, and what is known so far is shown.
 */
import { useEffect, useMemo, useState } from 'react'
import { LedgerRange, type Ledger } from '../../record/ledger/ledger.ts'
import type { RunRecord } from '../../record/run-record.ts'
import type { SelectedRange } from '../../store/selection-store.ts'
import { useSameList } from '../dock/use-stats.ts'
import type { Theater } from '../theater.ts'

const BUDGET_MS = 3
const EVENTS_AT_ONCE = 2000
const TELL_EVERY_MS = 250

/** One lane's ledger on its way through the span. */
class LedgerReading {
  private readonly record: RunRecord
  private readonly toNs: number
  private range: LedgerRange | undefined
  private readonly from: number
  private at: number

  constructor(record: RunRecord, { fromNs, toNs }: SelectedRange) {
    this.record = record
    this.toNs = toNs
    this.from = record.indexAtTime(fromNs - 1)
    this.at = this.from
  }

  /** A step further; false at the end of what is recorded of the span. */
  step(): Ledger | undefined {
    const end = this.record.indexAtTime(this.toNs - 1)
    if (this.at >= end) return undefined
    this.range ??= new LedgerRange(this.record, this.from)
    this.at = Math.min(end, this.at + EVENTS_AT_ONCE)
    return this.range.upTo(this.at)
  }
}

export function useLedgers(
  theater: Theater,
  records: readonly (RunRecord | undefined)[],
  span: SelectedRange,
): readonly (Ledger | undefined)[] {
  const key = useSameList(records)
  const { fromNs, toNs } = span
  const readings = useMemo(
    () =>
      key.map((record) => (record === undefined ? undefined : new LedgerReading(record, { fromNs, toNs }))),
    [key, fromNs, toNs],
  )
  const [told, setTold] = useState<{ of: typeof readings; ledgers: readonly (Ledger | undefined)[] }>()
  useEffect(() => {
    let toldMs = -Infinity
    let due = false
    let ledgers: readonly (Ledger | undefined)[] = readings.map(() => undefined)
    return theater.onFrame((nowMs) => {
      const endMs = performance.now() + BUDGET_MS
      ledgers = ledgers.map((before, lane) => {
        let known = before
        while (performance.now() < endMs) {
          const next = readings[lane]?.step()
          if (next === undefined) break
          known = next
          due = true
        }
        return known
      })
      if (!due || nowMs - toldMs < TELL_EVERY_MS) return
      due = false
      toldMs = nowMs
      setTold({ of: readings, ledgers })
    })
  }, [theater, readings])
  return told?.of === readings ? told.ledgers : NONE
}

const NONE: readonly undefined[] = []
