/** Our comparison and the referee that came with the data must say the same, on real traces and on damaged ones. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compare } from './compare.ts'
import { expectationOf, PAIRS, traceOf } from './data.ts'
import { LEVELS, type Expectation, type Level } from './expectation.ts'
import { readTrace } from './trace.ts'

interface Referee {
  readonly compare: (
    real: string,
    simulated: string,
    options: {
      readonly expect: Expectation
      readonly requireState?: boolean
      readonly level?: Level | 'auto'
    },
  ) => { readonly pass: boolean }
  readonly parse: (text: string) => { readonly all: readonly unknown[] }
}

const refereeFile = new URL('../kernel-traces/compare.mjs', import.meta.url).href
const referee = (await import(refereeFile)) as Referee

const isEvent = (line: string): boolean => /: block_\w+: \d/.test(line)

/** One line of an event is lost, doubled, exchanged with the next, or altered. */
const damages: Readonly<Record<string, (lines: string[], at: number) => string[]>> = {
  lost: (lines, at) => lines.filter((_, index) => index !== at),
  doubled: (lines, at) => lines.flatMap((line, index) => (index === at ? [line, line] : [line])),
  exchanged: (lines, at) => {
    const next = lines.findIndex((line, index) => index > at && isEvent(line))
    const swapped = [...lines]
    if (next >= 0) [swapped[at], swapped[next]] = [lines[next]!, lines[at]!]
    return swapped
  },
  'on another device': (lines, at) =>
    altered(lines, at, /: (\d+),(\d+) /, (_, major, minor) => `: ${major},${Number(minor) + 16} `),
  longer: (lines, at) => altered(lines, at, / \+ (\d+)/, (_, size) => ` + ${Number(size) + 8}`),
  elsewhere: (lines, at) =>
    altered(lines, at, / (\d+) ([+/]) /, (_, sector, sign) => ` ${Number(sector) + 8} ${sign} `),
  failed: (lines, at) => altered(lines, at, /\[0\]$/, () => '[-5]'),
  'of another kind': (lines, at) => altered(lines, at, /block_\w+/, () => 'block_bio_bounce'),
  unreadable: (lines, at) => altered(lines, at, / \+ \d+/, () => ''),
  untouched: (lines) => lines,
}

function altered(
  lines: readonly string[],
  at: number,
  what: RegExp,
  by: (whole: string, ...groups: string[]) => string,
): string[] {
  return lines.map((line, index) => (index === at ? line.replace(what, by) : line))
}

function statedEnd({ final, app }: Expectation): string {
  const failed = (app?.failed_ios ?? []).map((io) => `# failed ${io}\n`).join('')
  const counts = `# app ok=${app?.ok ?? app?.ok_range?.[0] ?? 0} failed=${app?.failed ?? app?.failed_range?.[0] ?? 0}\n`
  return `# status ${final?.status ?? '0'}\n# table ${final?.table ?? '0'}\n${counts}${failed}`
}

describe('our comparison', () => {
  it.each(PAIRS)('passes the real trace of $id against itself, as the referee does', (pair) => {
    const real = traceOf(pair)
    const expected = expectationOf(pair)
    const simulated = `${real}\n${statedEnd(expected)}`
    expect(compare(real, simulated, expected, { requireState: true }).differences).toEqual([])
    expect(referee.compare(real, simulated, { expect: expected, requireState: true }).pass).toBe(true)
    expect(readTrace(real).events.length).toBe(referee.parse(real).all.length)
  })

  const judged = PAIRS.filter((pair) => expectationOf(pair).level !== 'unjudged')

  it('agrees with the referee on damaged traces, at every level', () => {
    const caught = new Map<string, number>()
    fc.assert(
      fc.property(
        fc.constantFrom(...judged),
        fc.constantFrom(...Object.keys(damages)),
        fc.nat(),
        fc.constantFrom<Level | 'auto'>('auto', 'auto', 'auto', ...LEVELS),
        (pair, damage, where, level) => {
          const expected = expectationOf(pair)
          const real = traceOf(pair)
          const lines = real.split('\n')
          const events = lines.flatMap((line, index) => (isEvent(line) ? [index] : []))
          const simulated = damages[damage]!(lines, events[where % events.length]!).join('\n')
          const ours = compare(real, simulated, expected, level === 'auto' ? {} : { level })
          expect(ours.pass, `${pair.id} ${damage} at level ${level}`).toBe(
            referee.compare(real, simulated, { expect: expected, level }).pass,
          )
          if (!ours.pass && level === 'auto') caught.set(damage, (caught.get(damage) ?? 0) + 1)
        },
      ),
      // A fixed seed, because the last assertion is about what this sample caught.
      { numRuns: 400, seed: 20 },
    )
    const found = Object.keys(damages).filter((damage) => caught.has(damage))
    expect(found).toEqual(Object.keys(damages).filter((damage) => damage !== 'untouched'))
  })

  it('agrees with the referee on every pair, one damage of each kind', () => {
    for (const [index, pair] of judged.entries()) {
      const expected = expectationOf(pair)
      const real = traceOf(pair)
      const lines = real.split('\n')
      const events = lines.flatMap((line, at) => (isEvent(line) ? [at] : []))
      for (const [kind, damage] of Object.values(damages).entries()) {
        const simulated = damage(lines, events[(index * 7 + kind * 13) % events.length]!).join('\n')
        const theirs = referee.compare(real, simulated, { expect: expected }).pass
        expect(compare(real, simulated, expected).pass, `${pair.id}, damage ${kind}`).toBe(theirs)
      }
    }
  })

  it('agrees with the referee on a wrong final state', () => {
    const wrongs: readonly (readonly [RegExp, string])[] = [
      [/ A 0/, ' F 1'],
      [/ok=(\d+)/, 'ok=100000'],
      [/failed=\d+/, 'failed=100000'],
      [/# failed (\S+) \d+/, '# failed $1 7'],
      [/# table.*\n/, ''],
      [/# status/, '# status  '],
      [/# app.*\n/, ''],
    ]
    for (const pair of judged) {
      const expected = expectationOf(pair)
      const real = traceOf(pair)
      for (const [what, by] of wrongs) {
        const simulated = `${real}\n${statedEnd(expected).replace(what, by)}`
        for (const requireState of [true, false]) {
          const theirs = referee.compare(real, simulated, { expect: expected, requireState }).pass
          const ours = compare(real, simulated, expected, { requireState })
          expect(ours.pass, `${pair.id} ${String(what)} ${requireState}`).toBe(theirs)
        }
      }
    }
  })
})
