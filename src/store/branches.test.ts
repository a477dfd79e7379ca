import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { simNs } from '../lib/brands.ts'
import {
  actionsOf,
  branchOf,
  type BranchId,
  type BranchTree,
  currentBranch,
  lineageOf,
  redone,
  ROOT,
  rootTree,
  switched,
  undone,
} from './branches.ts'
import { pruned, renamed } from './branch-edits.ts'
import { grown } from './growth.ts'

/** Does something at a time, named by a letter. */
function doing(tree: BranchTree, atNs: number, name: string): BranchTree {
  return grown(tree, tree.current, { atNs: simNs(atNs), steps: [{ message: name }], command: name })
}

/** `a@5 b@9`: what is done in the current branch. */
function said(tree: BranchTree): string {
  return lineageOf(tree, tree.current)
    .slice(1)
    .map(({ command, forkNs }) => `${command}@${forkNs}`)
    .join(' ')
}

type Move =
  { readonly what: 'act'; readonly atNs: number; readonly name: string } | { readonly what: 'undo' | 'redo' }

const moves: fc.Arbitrary<Move[]> = fc.array(
  fc.oneof(
    fc.record({
      what: fc.constant('act' as const),
      atNs: fc.integer({ min: 0, max: 9 }),
      name: fc.constantFrom('a', 'b', 'c'),
    }),
    fc.record({ what: fc.constantFrom('undo' as const, 'redo' as const) }),
  ),
  { maxLength: 30 },
)

function after(list: readonly Move[]): BranchTree[] {
  const trees = [rootTree()]
  for (const move of list) {
    const tree = trees.at(-1)!
    if (move.what === 'act') trees.push(doing(tree, move.atNs, move.name))
    else trees.push(move.what === 'undo' ? undone(tree) : redone(tree))
  }
  return trees
}

describe('the tree of branches', () => {
  it('keeps the old future when somebody acts in the past', () => {
    const old = doing(doing(rootTree(), 5, 'a'), 9, 'b')
    const forked = doing(old, 7, 'c')
    expect([said(old), said(forked)]).toEqual(['a@5 b@9', 'a@5 c@7'])
    expect(said(switched(forked, old.current))).toBe('a@5 b@9')
    expect(said(doing(old, 2, 'd'))).toBe('d@2')
  })

  it('never loses a branch and has every action in order of time', () => {
    fc.assert(
      fc.property(moves, (list) => {
        let seen: ReadonlySet<string> = new Set()
        for (const tree of after(list)) {
          const now = new Set(tree.branches.map(({ id }) => said(switched(tree, id))))
          for (const one of seen) expect(now).toContain(one)
          seen = now
          for (const { id } of tree.branches) {
            const times = actionsOf(tree, id).map(({ at_ns }) => at_ns)
            expect(times).toEqual([...times].sort((a, b) => a - b))
          }
          expect(now.size).toBe(tree.branches.length)
        }
      }),
    )
  })

  it('takes back with redo what undo has left, as long as nothing was done between', () => {
    fc.assert(
      fc.property(moves, (list) => {
        const tree = after(list).at(-1)!
        const back = undone(tree)
        if (tree.current !== ROOT) expect(redone(back).current).toBe(tree.current)
        expect(undone(back).branches).toBe(tree.branches)
      }),
    )
  })

  it('leads to the same branch when the same is done again', () => {
    const once = doing(rootTree(), 5, 'a')
    expect(doing(undone(once), 5, 'a')).toEqual({ ...undone(once), current: once.current })
  })

  it('names a branch and takes the name back', () => {
    const tree = doing(rootTree(), 5, 'a')
    const named = renamed(tree, tree.current, '  first try ')
    expect(currentBranch(named).label).toBe('first try')
    expect(currentBranch(renamed(named, named.current, ' ')).label).toBe('a')
    expect(currentBranch(renamed(rootTree(), ROOT, 'x')).label).toBe('as written')
  })

  it('loses with a branch all that grew from it, and nothing else', () => {
    fc.assert(
      fc.property(moves, fc.nat(), (list, which) => {
        const tree = after(list).at(-1)!
        const { id } = tree.branches[which % tree.branches.length]!
        const left = pruned(tree, id)
        if (id === ROOT) expect(left).toBe(tree)
        for (const branch of tree.branches) {
          const grewFromIt = id !== ROOT && lineageOf(tree, branch.id).some((one) => one.id === id)
          expect(branchOf(left, branch.id) === undefined).toBe(grewFromIt)
        }
        expect(branchOf(left, left.current)).toBeDefined()
      }),
    )
  })

  it('has an end', () => {
    let tree = rootTree()
    for (let at = 0; at < 300; at++) tree = doing(switched(tree, ROOT), at, 'a')
    expect(tree.branches).toHaveLength(200)
    expect(branchOf(tree, 999 as BranchId)).toBeUndefined()
  })
})
