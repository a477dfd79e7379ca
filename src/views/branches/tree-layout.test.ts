import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { simNs } from '../../lib/brands.ts'
import { type BranchId, type BranchTree, ROOT, rootTree } from '../../store/branches.ts'
import { grown } from '../../store/growth.ts'
import { treeLayout } from './tree-layout.ts'

function treeOf(deeds: readonly (readonly [atNs: number, from: number])[]): BranchTree {
  let tree = rootTree()
  deeds.forEach(([atNs, from], i) => {
    const at = tree.branches[from % tree.branches.length]!.id
    tree = grown(tree, at, { atNs: simNs(atNs), steps: [], command: `deed ${i}` })
  })
  return tree
}

const trees = fc.array(fc.tuple(fc.nat(1000), fc.nat(50)), { maxLength: 20 }).map(treeOf)

describe('the drawing of a tree', () => {
  it('gives every branch a column of its own, in order of time, right of the one it went on from', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const { dots, columns } = treeLayout(tree)
        expect(columns).toBe(tree.branches.length)
        expect(dots.map(({ column }) => column)).toEqual(dots.map((_, i) => i))
        for (const { column, from } of dots) if (from !== undefined) expect(from.column).toBeLessThan(column)
      }),
    )
  })

  it('never lets two futures share a row at one column', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const { dots, rows } = treeLayout(tree)
        for (const { row } of dots) expect(row).toBeLessThan(rows)
        const children = dots.filter(({ from }) => from !== undefined)
        const goOn = children.filter(({ row, from }) => row === from!.row)
        const parents = goOn.map(({ branch }) => branch.parent)
        expect(new Set(parents).size).toBe(parents.length)
        expect(goOn.some(({ branch }) => branch.parent === ROOT)).toBe(false)
      }),
    )
  })

  it('marks the way from the root to the current branch', () => {
    const tree = treeOf([
      [10, 0],
      [20, 1],
      [15, 0],
    ])
    const { dots } = treeLayout({ ...tree, current: 2 as BranchId })
    expect(dots.filter(({ onTheWay }) => onTheWay).map(({ branch }) => branch.id)).toEqual([0, 1, 2])
    expect(dots.find(({ current }) => current)?.branch.id).toBe(2)
  })
})
