/** The tree of branches of the present scenario, and the ways through it. What makes branches is in acting.ts, what
 * names and deletes them in branch-edits.ts. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { type BranchId, type BranchTree, redone, rootTree, switched, undone } from './branches.ts'

export interface BranchActions {
  /** To any branch of the tree. The playhead stays where it is. */
  readonly switchTo: (id: BranchId) => void
  /** To the branch without the last thing done; nothing at the root. */
  readonly undo: () => void
  /** To the branch that was left last by an undo, else to the newest that grew from here. */
  readonly redo: () => void
}

export type BranchStore = StoreApi<BranchTree & BranchActions>

export function createBranchStore(): BranchStore {
  return createStore((set) => ({
    ...rootTree(),
    switchTo: (id) => set((tree) => switched(tree, id)),
    undo: () => set((tree) => undone(tree)),
    redo: () => set((tree) => redone(tree)),
  }))
}
