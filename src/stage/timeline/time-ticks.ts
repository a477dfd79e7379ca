/**
 * Marks of a time axis: round moments of simulated time, about evenly spread over the pixels. The story pace stretches
 * and shrinks time along the axis, so each mark is rounded as far as its own neighbourhood allows.
 */
import { nsOf, xOfNs, type TimeView } from './view.ts'

export interface TimeTick {
  readonly x: number
  readonly timeNs: number
  readonly label: string
}

/** A mark may lie this far from where even spacing would put it. */
const SLACK_SHARE = 0.3

export function timeTicks(view: TimeView, spacingPx: number): TimeTick[] {
  const count = Math.floor(view.widthPx / spacingPx)
  const ticks: TimeTick[] = []
  for (let i = 0; i < count; i++) {
    const wanted = (i + 0.5) * spacingPx
    const low = nsOf(view, wanted - SLACK_SHARE * spacingPx)
    const high = nsOf(view, wanted + SLACK_SHARE * spacingPx)
    const timeNs = roundest(low, high)
    const x = xOfNs(view, timeNs)
    const before = ticks.at(-1)
    if (timeNs < low || timeNs > high || (before !== undefined && x - before.x < spacingPx / 2)) continue
    ticks.push({ x, timeNs, label: tickLabel(timeNs) })
  }
  return ticks
}

/** The number in [low, high] with the fewest digits, the middle one of several. */
function roundest(low: number, high: number): number {
  const middle = (low + high) / 2
  for (let power = 12; power >= 0; power--)
    for (const factor of [5, 2, 1]) {
      const step = factor * 10 ** power
      const found = Math.round(middle / step) * step
      if (found >= low && found <= high) return found
    }
  return Math.round(middle)
}

/** `0`, `20 µs`, `1.25 ms`: all digits that count and no others. */
export function tickLabel(ns: number): string {
  if (ns === 0) return '0'
  const [size, unit] = (
    [
      [1e9, 's'],
      [1e6, 'ms'],
      [1e3, 'µs'],
    ] as const
  ).find(([size]) => ns >= size) ?? [1, 'ns']
  return `${Number((ns / size).toPrecision(7))} ${unit}`
}
