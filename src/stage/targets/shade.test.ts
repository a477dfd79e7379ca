import { describe, expect, it } from 'vitest'
import { rect } from '../rect.ts'
import { Look } from './look.ts'
import { shadeQueue } from './shade.ts'
import { Targets } from './targets.ts'

describe('a queue shown as a whole', () => {
  it('counts its things by colour and takes them off the stage', () => {
    const out = new Targets()
    out.reset(5, 1)
    out.look.fill(Look.waiting)
    out.colour.set([3, 3, 3, 60, 9])
    out.shown = 5
    shadeQueue([0, 1, 2, 3], rect(10, 20, 64, 30), out)
    const [shade] = out.shades
    expect([shade?.counts[3], shade?.counts[60], shade?.counts[9]]).toEqual([3, 1, 0])
    expect(shade?.pale).toBe(true)
    expect([...out.look]).toEqual([Look.none, Look.none, Look.none, Look.none, Look.waiting])
    expect(out.shown).toBe(1)
  })

  it('is forgotten with the next picture, and its memory is used again', () => {
    const out = new Targets()
    out.reset(1, 1)
    out.look[0] = Look.block
    shadeQueue([0], rect(0, 0, 10, 10), out)
    out.reset(1, 1)
    expect(out.shadeCount).toBe(0)
    out.look[0] = Look.block
    shadeQueue([0], rect(0, 0, 10, 10), out)
    expect(out.shades).toHaveLength(1)
    expect(out.shades[0]?.counts.reduce((sum, count) => sum + count, 0)).toBe(1)
  })
})
