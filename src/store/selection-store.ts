/** What somebody follows, and what the pointer is on. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ObjectId } from '../record/places.ts'
import type { LaneIndex, SelectionState } from './state.ts'

export interface SelectionActions {
  /** One object per lane; undefined follows nothing there. */
  readonly follow: (followed: readonly (ObjectId | undefined)[]) => void
  readonly clear: () => void
  readonly hover: (hovered: SelectionState['hovered']) => void
}

export type SelectionStore = StoreApi<SelectionState & SelectionActions>

export function createSelectionStore(): SelectionStore {
  return createStore((set) => ({
    followed: [],
    hovered: undefined,
    follow: (followed) => set({ followed }),
    clear: () => set({ followed: [], hovered: undefined }),
    hover: (hovered) => set({ hovered }),
  }))
}

export function followedIn(
  { followed }: Pick<SelectionState, 'followed'>,
  lane: LaneIndex,
): ObjectId | undefined {
  return followed[lane]
}

export function followsAnything({ followed }: Pick<SelectionState, 'followed'>): boolean {
  return followed.some((id) => id !== undefined)
}
