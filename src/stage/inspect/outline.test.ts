import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { objectId, ObjectType } from '../../record/places.ts'
import { allNodes, outline, rowOfEvent, tallyOf } from './outline.ts'
import type { FamilyNode, Outcome } from './tree.ts'

function node(
  id: number,
  type: ObjectType,
  children: FamilyNode[] = [],
  more: Partial<FamilyNode> = {},
): FamilyNode {
  const outcome: Outcome = { kind: 'ok', index: id + 100 }
  const now = { sizeSectors: 8, bios: 0, issued: 0 }
  const turns = [
    { ...now, index: id, outcome: { kind: 'running' } as const },
    { ...now, index: id + 100, outcome },
  ]
  return {
    ...{ key: `${id}#1`, id: objectId(id), type, attempt: 1, dev: 1, sizeSectors: 8, since: id, outcome },
    ...{ last: id + 100, issued: 0, bios: 0, ofRequest: false, turns, children, ...more },
  }
}

function cloneWith(fragments: number): FamilyNode {
  const children = Array.from({ length: fragments }, (_, i) => node(10 + i, ObjectType.fragment))
  return node(1, ObjectType.io, [node(2, ObjectType.original, [node(3, ObjectType.clone, children)])])
}

describe('the outline of a family', () => {
  it('shows fragments that are alike as one row until it is opened, then the first of them, then all', () => {
    const tree = cloneWith(16)
    const closed = outline(tree, new Set())
    expect(closed.map(({ item }) => item.kind)).toEqual(['node', 'node', 'node', 'alike'])
    const open = outline(tree, new Set(['alike:10#1']))
    expect(open).toHaveLength(4 + 8 + 1)
    expect(open.at(-1)!.item).toMatchObject({ kind: 'rest' })
    const all = outline(tree, new Set(['alike:10#1', 'rest:10#1']))
    expect(all).toHaveLength(4 + 16)
  })

  it('finds the row of an event, or of the group that hides it', () => {
    const tree = cloneWith(16)
    expect(rowOfEvent(outline(tree, new Set()), 12, 50)).toBe(3)
    const open = outline(tree, new Set(['alike:10#1']))
    expect(open[rowOfEvent(open, 12, 50)]!.key).toBe('12#1')
    expect(rowOfEvent(open, 999, 50)).toBe(-1)
    expect(rowOfEvent(outline(tree, new Set(['2#1'])), 12, 50)).toBe(1)
  })

  it('counts what has come of nodes as of a moment', () => {
    const nodes = [node(1, ObjectType.fragment), node(2, ObjectType.fragment), node(60, ObjectType.fragment)]
    expect(tallyOf(nodes, 0)).toEqual({ ok: 0, failed: 0, running: 0, unborn: 3 })
    expect(tallyOf(nodes, 50)).toEqual({ ok: 0, failed: 0, running: 2, unborn: 1 })
    expect(tallyOf(nodes, 101)).toEqual({ ok: 1, failed: 0, running: 2, unborn: 0 })
  })

  it('has parents above their children, one step to the left, whatever is open', () => {
    const births = fc.array(fc.record({ parent: fc.nat(), type: fc.nat(7) }), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(births, fc.array(fc.nat(200)), (born, picks) => {
        const childrenOf = born.map((): number[] => [])
        born.forEach(({ parent }, id) => {
          if (id > 0) childrenOf[parent % id]!.push(id)
        })
        const build = (id: number): FamilyNode =>
          node(id + 1, born[id]!.type as ObjectType, childrenOf[id]!.map(build))
        const root = build(0)
        const keys = allNodes(root).flatMap(({ key }) => [key, `alike:${key}`, `rest:${key}`])
        const rows = outline(root, new Set(picks.map((pick) => keys[pick % keys.length]!)))
        expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length)
        rows.forEach(({ parent, depth }, at) => {
          if (at === 0) expect([parent, depth]).toEqual([-1, 0])
          else expect(parent < at && rows[parent]!.depth === depth - 1).toBe(true)
        })
      }),
    )
  })
})
