/** Which panels are open. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Panel, UiState } from './state.ts'

export interface UiActions {
  readonly open: (panel: Panel) => void
  readonly close: (panel: Panel) => void
  readonly toggle: (panel: Panel) => void
}

export type UiStore = StoreApi<UiState & UiActions>

export function createUiStore(): UiStore {
  return createStore((set) => ({
    openPanels: [],
    open: (panel) =>
      set(({ openPanels }) => ({ openPanels: [...openPanels.filter((other) => other !== panel), panel] })),
    close: (panel) =>
      set(({ openPanels }) => ({ openPanels: openPanels.filter((other) => other !== panel) })),
    toggle: (panel) =>
      set((state) => ({
        openPanels: isOpen(state, panel)
          ? state.openPanels.filter((other) => other !== panel)
          : [...state.openPanels, panel],
      })),
  }))
}

export function isOpen({ openPanels }: UiState, panel: Panel): boolean {
  return openPanels.includes(panel)
}
