import { describe, expect, it } from 'vitest'
import { Theater } from './theater.ts'

const theaterThat = (playing: boolean): Theater =>
  new Theater({ playing, speed: 1, timeNs: () => 0, indexOf: () => 0 })

/** How often each of so many listeners was asked for words, in a second of frames. */
function asked(playing: boolean, listeners: number, stepMs: number): number[] {
  const theater = theaterThat(playing)
  const counts = Array.from({ length: listeners }, () => 0)
  counts.forEach((_, i) => theater.onWords(() => counts[i]!++))
  for (let nowMs = 0; nowMs < 1000; nowMs += stepMs) theater.frame({ nowMs, stepMs })
  return counts
}

describe('words', () => {
  it.each([
    [3, 16],
    [8, 16],
    [40, 16],
    [40, 33],
    [5, 100],
  ])('come from everybody while the show plays: %i listeners, frames of %i ms', (listeners, stepMs) => {
    const counts = asked(true, listeners, stepMs)
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(4)
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
  })

  it('come once while nothing changes', () => {
    expect(asked(false, 8, 16)).toEqual(Array.from({ length: 8 }, () => 1))
  })

  it('do not all come in one frame while the show plays', () => {
    const theater = theaterThat(true)
    let spoken = 0
    for (let i = 0; i < 40; i++) theater.onWords(() => spoken++)
    let most = 0
    for (let nowMs = 0; nowMs < 1000; nowMs += 16) {
      spoken = 0
      theater.frame({ nowMs, stepMs: 16 })
      most = Math.max(most, spoken)
    }
    expect(most).toBe(Math.ceil((40 * 16) / 120))
  })
})
