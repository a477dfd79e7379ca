/** What somebody follows, what the pointer is on, and which span of time was brushed. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ObjectId } from '../record/places.ts'
import type { LaneIndex, SelectionState } from './state.ts'

/** A span of simulated time: from the first nanosecond up to, not including, the second. */
export interface SelectedRange {
  readonly fromNs: number
  readonly toNs: number
}

export interface RangeState {
  /** Brushed in the timeline or a chart; figures, log and stage speak of exactly that span. */
  readonly range: SelectedRange | undefined
}

export interface SelectionActions {
  /** One object per lane; undefined follows nothing there. */
  readonly follow: (followed: readonly (ObjectId | undefined)[]) => void
  readonly clear: () => void
  readonly hover: (hovered: SelectionState['hovered']) => void
  /** The ends may come in any order. */
  readonly selectRange: (range: SelectedRange | undefined) => void
}

export type SelectionStore = StoreApi<SelectionState & RangeState & SelectionActions>

export function createSelectionStore(): SelectionStore {
  return createStore((set) => ({
    followed: [],
    hovered: undefined,
    range: undefined,
    follow: (followed) => set({ followed }),
    clear: () => set({ followed: [], hovered: undefined, range: undefined }),
    hover: (hovered) => set({ hovered }),
    selectRange: (range) => set({ range: range === undefined ? undefined : inOrder(range) }),
  }))
}

function inOrder({ fromNs, toNs }: SelectedRange): SelectedRange {
  return { fromNs: Math.min(fromNs, toNs), toNs: Math.max(fromNs, toNs) }
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
