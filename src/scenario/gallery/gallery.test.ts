import { describe, expect, it } from 'vitest'
import { resolveScenario } from '../resolve.ts'
import { GALLERY } from './index.ts'

describe('the gallery', () => {
  it.each(GALLERY)('$scenario is a scenario without a problem', (file) => {
    const resolved = resolveScenario(JSON.parse(JSON.stringify(file)))
    expect(resolved.ok ? [] : resolved.problems).toEqual([])
    expect(resolved.ok && resolved.story).toEqual(file.story)
  })

  it('has a name and a title of its own for each', () => {
    expect(new Set(GALLERY.map((file) => file.scenario)).size).toBe(GALLERY.length)
    expect(new Set(GALLERY.map((file) => file.story.title)).size).toBe(GALLERY.length)
  })

  it('has titles that fit a menu and explain themselves', () => {
    for (const { story } of GALLERY) {
      expect(story.title.length).toBeLessThanOrEqual(32)
      expect(story.summary?.length ?? 0).toBeGreaterThan(40)
    }
  })

  it('says where to stop by events, which survive a change of costs', () => {
    const stops = GALLERY.flatMap((file) => file.story.stops ?? [])
    expect(stops.length).toBeGreaterThan(0)
    expect(stops.filter((stop) => !('event' in stop.at))).toEqual([])
  })
})
