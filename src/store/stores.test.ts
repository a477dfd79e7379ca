import { describe, expect, it } from 'vitest'
import { shownMs, simNs } from '../lib/brands.ts'
import { memoryStorage } from '../lib/safe-storage.ts'
import { objectId } from '../record/places.ts'
import { clampSpeed, createPlaybackStore, isAtEnd, progress } from './playback-store.ts'
import { allRunsOver, createScenarioStore, totalEvents } from './scenario-store.ts'
import { createSelectionStore, followedIn, followsAnything } from './selection-store.ts'
import { createSettingsStore, keptSettings, motionIsReduced } from './settings-store.ts'
import type { LaneSetup } from './state.ts'
import { createUiStore, isOpen } from './ui-store.ts'

const lane: LaneSetup = { mode: 'bio', kernel: '6.12', seed: 1 }
const opened = {
  source: { kind: 'gallery', name: 'a' },
  title: 'A',
  about: '',
  lanes: [lane, { ...lane, mode: 'rq' }],
} as const

describe('the scenario store', () => {
  it('has one to three lanes', () => {
    const store = createScenarioStore(opened)
    store.getState().addLane(lane)
    store.getState().addLane(lane)
    expect(store.getState().lanes).toHaveLength(3)
    for (let i = 0; i < 5; i++) store.getState().removeLane(0)
    expect(store.getState().lanes).toHaveLength(1)
    expect(store.getState().status).toHaveLength(1)
  })

  it('knows when every run is over and how much was logged', () => {
    const store = createScenarioStore(opened)
    expect(allRunsOver(store.getState())).toBe(false)
    store.getState().report(0, { kind: 'running', events: 5, endNs: 1 })
    const problem = { kind: 'broken', what: 'x', lastEvents: [] } as const
    store.getState().report(1, { kind: 'problem', events: 7, endNs: 1, problem })
    expect([allRunsOver(store.getState()), totalEvents(store.getState())]).toEqual([false, 12])
  })

  it('starts a changed lane anew and leaves the other', () => {
    const store = createScenarioStore(opened)
    const other = store.getState().lanes[1]
    store.getState().report(0, { kind: 'running', events: 5, endNs: 1 })
    store.getState().setLane(0, { kernel: '6.1' })
    expect(store.getState().lanes).toEqual([{ ...lane, kernel: '6.1' }, other])
    expect(store.getState().status[0]).toEqual({ kind: 'loading' })
  })
})

describe('the settings', () => {
  it('are kept between visits', () => {
    const storage = memoryStorage()
    createSettingsStore(storage).getState().setTheme('projector')
    expect(createSettingsStore(storage).getState().theme).toBe('projector')
    const store = createSettingsStore(storage)
    store.getState().setTextSize('large')
    store.getState().keepPlayback({ pace: 'real', speed: 4 })
    expect(createSettingsStore(storage).getState()).toMatchObject({
      textSize: 'large',
      pace: 'real',
      speed: 4,
    })
    expect(keptSettings('{"speed":1e9}', false).speed).toBe(64)
  })

  it('follow the system between dark and light until a theme is chosen, and again when asked to', () => {
    const store = createSettingsStore(memoryStorage(), true)
    expect(store.getState()).toMatchObject({ theme: 'light', themeWish: 'auto' })
    store.getState().setPrefersLight(false)
    expect(store.getState().theme).toBe('dark')
    store.getState().setTheme('projector')
    store.getState().setPrefersLight(true)
    expect(store.getState().theme).toBe('projector')
    store.getState().setTheme('auto')
    expect(store.getState().theme).toBe('light')
  })

  it('are those of a first visit where what was kept makes no sense', () => {
    for (const text of [undefined, '', 'null', '[]', '{"theme":"pink","reducedMotion":7}', '{']) {
      expect(keptSettings(text, false)).toEqual({
        theme: 'dark',
        themeWish: 'auto',
        reducedMotion: 'system',
        textSize: 'normal',
        pace: 'story',
        speed: 1,
      })
    }
    expect(keptSettings('{}', true).theme).toBe('light')
  })

  it('follow the system about motion unless told otherwise', () => {
    const wish = (reducedMotion: 'system' | 'on' | 'off', system: boolean): boolean =>
      motionIsReduced({ reducedMotion }, system)
    expect([wish('system', true), wish('system', false), wish('on', false), wish('off', true)]).toEqual([
      true,
      false,
      true,
      false,
    ])
  })
})

describe('the small stores', () => {
  it('open, close and toggle panels', () => {
    const store = createUiStore()
    store.getState().open('help')
    store.getState().open('help')
    expect(store.getState().openPanels).toEqual(['help'])
    store.getState().toggle('gallery')
    store.getState().toggle('help')
    expect([isOpen(store.getState(), 'gallery'), isOpen(store.getState(), 'help')]).toEqual([true, false])
    store.getState().close('gallery')
    expect(store.getState().openPanels).toEqual([])
  })

  it('follow one object per lane', () => {
    const store = createSelectionStore()
    expect(followsAnything(store.getState())).toBe(false)
    store.getState().follow([undefined, objectId(7)])
    expect([followedIn(store.getState(), 0), followedIn(store.getState(), 1)]).toEqual([undefined, 7])
    expect(followsAnything(store.getState())).toBe(true)
    store.getState().clear()
    expect(followsAnything(store.getState())).toBe(false)
  })

  it('know how far the show is', () => {
    const store = createPlaybackStore({ shownMs: shownMs(50), totalShownMs: shownMs(200), timeNs: simNs(1) })
    expect(progress(store.getState())).toBe(0.25)
    expect(isAtEnd(store.getState())).toBe(false)
    expect(progress({ shownMs: shownMs(0), totalShownMs: shownMs(0) })).toBe(0)
    expect([clampSpeed(1000), clampSpeed(0), clampSpeed(NaN), clampSpeed(2)]).toEqual([64, 1 / 64, 1, 2])
  })
})
