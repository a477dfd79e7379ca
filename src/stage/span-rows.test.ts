import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SpanRows } from './span-rows.ts'
import { SPAN_STAGES, SpanStage } from './span-stage.ts'

interface Step {
  readonly row: number
  readonly stage: SpanStage
  readonly ns: number
}
interface NaiveSpan {
  readonly row: number
  readonly stage: number
  readonly fromNs: number
  toNs: number
}

/** Rows are born in order; then any of them moves on. */
const lives = fc
  .array(fc.tuple(fc.boolean(), fc.nat(), fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 9 })), {
    maxLength: 160,
  })
  .map((moves) => {
    let born = 0
    let ns = 0
    return moves.map(([birth, pick, stage, gap]): Step => {
      ns += gap
      if (birth || born === 0) return { row: ++born, stage: SpanStage.dm, ns }
      return { row: 1 + (pick % born), stage: stage as SpanStage, ns }
    })
  })

function naive(steps: readonly Step[]): { spans: NaiveSpan[]; over: Map<number, number> } {
  const spans: NaiveSpan[] = []
  const over = new Map<number, number>()
  for (const { row, stage, ns } of steps) {
    const before = spans.findLast((span) => span.row === row)
    if (over.has(row) || before?.stage === stage) continue
    if (before !== undefined) before.toNs = ns
    if (stage === SpanStage.end) over.set(row, ns)
    else spans.push({ row, stage, fromNs: ns, toNs: Infinity })
  }
  return { spans, over }
}

function built(steps: readonly Step[]): SpanRows {
  const rows = new SpanRows()
  for (const { row, stage, ns } of steps) rows.enter(row, stage, ns, 1, row * 8)
  return rows
}

describe('the rows of spans', () => {
  it('have the spans of a plain list, row by row', () => {
    fc.assert(
      fc.property(lives, (steps) => {
        const rows = built(steps)
        const { spans } = naive(steps)
        for (let row = 1; row <= rows.count; row++) {
          const found = [...rows.spansOf(row)].map((span) => ({
            row: rows.rowOf.at(span),
            stage: rows.stage.at(span),
            fromNs: rows.fromNs.at(span),
            toNs: rows.toNs.at(span),
          }))
          expect(found).toEqual(spans.filter((span) => span.row === row))
        }
      }),
    )
  })

  it('have groups that reach as far as their rows do', () => {
    fc.assert(
      fc.property(lives, fc.integer({ min: 1, max: 4 }), (steps, level) => {
        const rows = built(steps)
        const { spans } = naive(steps)
        const size = SpanRows.rowsPerGroup(level)
        for (let group = 0; group * size < rows.count; group++)
          for (let stage = 0; stage < SPAN_STAGES; stage++) {
            const own = spans.filter(
              (span) => Math.floor((span.row - 1) / size) === group && span.stage === stage,
            )
            const expected =
              own.length === 0
                ? undefined
                : { fromNs: Math.min(...own.map((s) => s.fromNs)), toNs: Math.max(...own.map((s) => s.toNs)) }
            expect(rows.extent(level, group, stage as SpanStage)).toEqual(expected)
          }
      }),
    )
  })

  it('find who lives in a window', () => {
    fc.assert(
      fc.property(lives, fc.nat({ max: 500 }), fc.nat({ max: 300 }), (steps, from, length) => {
        const rows = built(steps)
        const { spans, over } = naive(steps)
        const born = (row: number): number => spans.find((span) => span.row === row)!.fromNs
        const alive = Array.from({ length: rows.count }, (_, i) => i + 1).filter(
          (row) => born(row) <= from + length && (over.get(row) ?? Infinity) >= from,
        )
        const [first, last] = rows.rowsIn(from, from + length)
        expect(first).toBe(alive[0] ?? 0)
        if (alive.length > 0) expect(last).toBeGreaterThanOrEqual(alive.at(-1)!)
      }),
    )
  })

  it('need no more lines than there are', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2e6 }), fc.integer({ min: 1, max: 500 }), (count, lines) => {
        const perGroup = SpanRows.rowsPerGroup(SpanRows.levelFor(count, lines))
        expect(Math.ceil(count / perGroup)).toBeLessThanOrEqual(lines)
      }),
    )
  })
})
