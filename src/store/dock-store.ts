/**
 * How the dock at the foot of the page stands: which tab, how high, which part of the run the time axes show. Height, tab
 * and what rows and colours mean are kept between visits; the part of the run is not.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { SafeStorage } from '../lib/safe-storage.ts'

/** A panel of the dock; which there are is a table of the views. */
export type DockTab = string

export const ROW_KINDS = ['ios', 'devices', 'tasks', 'cpus'] as const
export type RowKind = (typeof ROW_KINDS)[number]
export const COLOUR_KINDS = ['address', 'stage', 'path'] as const
export type ColourKind = (typeof COLOUR_KINDS)[number]

/** Part of the run, in simulated time. */
export interface TimeWindow {
  readonly fromNs: number
  readonly toNs: number
}

/** Somebody asked for the focus by a key; `count` tells one wish from the next. */
export interface FocusWish {
  readonly on: 'panel' | 'search'
  readonly count: number
}

export interface DockState {
  readonly tab: DockTab
  /** Height that somebody gave a tab, in rem; a tab without one has its own. */
  readonly heightsRem: Readonly<Record<DockTab, number>>
  readonly maximised: boolean
  readonly rows: RowKind
  readonly colours: ColourKind
  /** Undefined shows all of the run, also while it grows. */
  readonly window: TimeWindow | undefined
  readonly wish: FocusWish
}

export interface DockActions {
  readonly show: (tab: DockTab, focus?: FocusWish['on']) => void
  /** Undefined gives the tab back its own height. */
  readonly setHeight: (tab: DockTab, rem: number | undefined) => void
  readonly maximise: (maximised: boolean) => void
  readonly setRows: (rows: RowKind) => void
  readonly setColours: (colours: ColourKind) => void
  readonly look: (window: TimeWindow | undefined) => void
}

export type DockStore = StoreApi<DockState & DockActions>

const KEY = 'bioscope.dock'
const FIRST: Kept = { tab: 'timeline', heightsRem: {}, rows: 'ios', colours: 'address' }

type Kept = Pick<DockState, 'tab' | 'heightsRem' | 'rows' | 'colours'>

/** Lower than this a panel says nothing; higher than this no screen is. */
export const MIN_HEIGHT_REM = 8
export const MAX_HEIGHT_REM = 400

export function createDockStore(storage: SafeStorage, tabs: readonly DockTab[]): DockStore {
  const store: DockStore = createStore((set) => ({
    ...keptDock(storage.read(KEY), tabs),
    maximised: false,
    window: undefined,
    wish: { on: 'panel', count: 0 },
    show: (tab, focus) =>
      set(({ wish }) => ({ tab, ...(focus && { wish: { on: focus, count: wish.count + 1 } }) })),
    setHeight: (tab, rem) => set(({ heightsRem }) => ({ heightsRem: withHeight(heightsRem, tab, rem) })),
    maximise: (maximised) => set({ maximised }),
    setRows: (rows) => set({ rows }),
    setColours: (colours) => set({ colours }),
    look: (window) => set({ window }),
  }))
  store.subscribe(({ tab, heightsRem, rows, colours }, before) => {
    if (
      tab === before.tab &&
      heightsRem === before.heightsRem &&
      rows === before.rows &&
      colours === before.colours
    )
      return
    storage.write(KEY, JSON.stringify({ tab, heightsRem, rows, colours }))
  })
  return store
}

function withHeight(
  heights: DockState['heightsRem'],
  tab: DockTab,
  rem: number | undefined,
): DockState['heightsRem'] {
  const { [tab]: _, ...others } = heights
  return rem === undefined ? others : { ...others, [tab]: clampHeight(rem) }
}

function clampHeight(rem: number): number {
  return Math.min(MAX_HEIGHT_REM, Math.max(MIN_HEIGHT_REM, rem))
}

/** What a kept text says, as far as it makes sense. */
export function keptDock(text: string | undefined, tabs: readonly DockTab[]): Kept {
  const kept = parsed(text)
  const heights = tabs.flatMap((tab) => {
    const rem = parsedObject(kept['heightsRem'])[tab]
    return typeof rem === 'number' && Number.isFinite(rem) ? [[tab, clampHeight(rem)] as const] : []
  })
  return {
    tab: tabs.find((tab) => tab === kept['tab']) ?? FIRST.tab,
    heightsRem: Object.fromEntries(heights),
    rows: ROW_KINDS.find((rows) => rows === kept['rows']) ?? FIRST.rows,
    colours: COLOUR_KINDS.find((colours) => colours === kept['colours']) ?? FIRST.colours,
  }
}

function parsed(text: string | undefined): Record<string, unknown> {
  try {
    return parsedObject(JSON.parse(text ?? '{}'))
  } catch {
    return {}
  }
}

function parsedObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
