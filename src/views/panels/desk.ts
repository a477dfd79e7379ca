/** What panels work on. The draft is made when somebody first edits, and stays as long as the page. */
import type { SafeStorage } from '../../lib/safe-storage.ts'
import { Draft, type DraftInput } from '../../store/draft.ts'
import type { CommandTable } from '../palette/command-table.ts'

export interface Desk {
  readonly check: DraftInput['check']
  readonly storage: SafeStorage
  readonly commands: CommandTable
}

const drafts = new WeakMap<Desk, Draft>()

export function draftOf(desk: Desk): Draft {
  const found = drafts.get(desk)
  if (found !== undefined) return found
  const draft = new Draft({
    check: desk.check,
    storage: desk.storage,
    later: (run, ms) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
    nowMs: () => performance.now(),
  })
  drafts.set(desk, draft)
  return draft
}
