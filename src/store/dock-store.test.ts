import { describe, expect, it } from 'vitest'
import { memoryStorage } from '../lib/safe-storage.ts'
import { createDockStore, keptDock, MAX_HEIGHT_REM, MIN_HEIGHT_REM } from './dock-store.ts'
import { createSelectionStore } from './selection-store.ts'

const TABS = ['timeline', 'charts', 'log']

describe('the dock', () => {
  it('keeps tab, heights, rows and colours between visits, not the part of the run', () => {
    const storage = memoryStorage()
    const { show, setHeight, setRows, setColours, look, maximise } = createDockStore(storage, TABS).getState()
    show('log', 'search')
    setHeight('log', 31)
    setHeight('charts', 1e9)
    setHeight('timeline', 20)
    setHeight('timeline', undefined)
    setRows('devices')
    setColours('path')
    look({ fromNs: 1, toNs: 2 })
    maximise(true)
    expect(createDockStore(storage, TABS).getState()).toMatchObject({
      tab: 'log',
      heightsRem: { log: 31, charts: MAX_HEIGHT_REM },
      rows: 'devices',
      colours: 'path',
      window: undefined,
      maximised: false,
    })
  })

  it('is that of a first visit where what was kept makes no sense', () => {
    const first = { tab: 'timeline', heightsRem: {}, rows: 'ios', colours: 'address' }
    for (const text of [undefined, '', 'null', '[]', '7', '{', '{"tab":"x","heightsRem":{"log":"9","no":3}}'])
      expect(keptDock(text, TABS)).toEqual(first)
    expect(keptDock('{"heightsRem":{"log":-5}}', TABS).heightsRem).toEqual({ log: MIN_HEIGHT_REM })
  })

  it('tells one wish for the focus from the next', () => {
    const store = createDockStore(memoryStorage(), TABS)
    store.getState().show('log', 'search')
    const first = store.getState().wish
    store.getState().show('log', 'search')
    expect(store.getState().wish).not.toEqual(first)
    const before = store.getState().wish
    store.getState().show('charts')
    expect(store.getState().wish).toBe(before)
  })
})

describe('the range that is brushed', () => {
  it('is the same whichever end was drawn first, and goes with everything that is selected', () => {
    const store = createSelectionStore()
    store.getState().selectRange({ fromNs: 9, toNs: 4 })
    expect(store.getState().range).toEqual({ fromNs: 4, toNs: 9 })
    store.getState().clear()
    expect(store.getState().range).toBeUndefined()
  })
})
