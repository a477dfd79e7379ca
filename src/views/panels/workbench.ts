/** What panels work on. The draft is made when somebody first edits, and stays as long as the page. */
import type { SafeStorage } from '../../lib/safe-storage.ts'
import { Draft, type DraftInput } from '../../store/draft.ts'
import type { CommandTable } from '../palette/command-table.ts'

export interface Workbench {
  readonly check: DraftInput['check']
  readonly storage: SafeStorage
  readonly commands: CommandTable
}

const drafts = new WeakMap<Workbench, Draft>()

export function draftOf(bench: Workbench): Draft {
  const found = drafts.get(bench)
  if (found !== undefined) return found
  const draft = new Draft({
    check: bench.check,
    storage: bench.storage,
    later: (run, ms) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
    nowMs: () => performance.now(),
  })
  drafts.set(bench, draft)
  return draft
}
