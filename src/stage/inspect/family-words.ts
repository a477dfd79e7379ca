/** The rows of a family tree in words: what each object is, what has come of it, and the same of those that are alike. */
import { blkStatusName, DEV_NONE } from '../../engine/log/index.ts'
import { ObjectType, type ObjectId } from '../../record/places.ts'
import { sizeText } from '../words.ts'
import { type OutlineItem, tallyOf, turnAt } from './outline.ts'
import type { FamilyNode } from './tree.ts'

export interface FamilyNames {
  readonly nameOf: (dev: number) => string
  readonly thingName: (id: ObjectId) => string
}

export type Tone = 'good' | 'bad' | 'none'
type GroupItem = Exclude<OutlineItem, { readonly kind: 'node' }>

const MANY: Readonly<Record<ObjectType, string>> = {
  [ObjectType.free]: 'objects',
  [ObjectType.io]: 'I/Os',
  [ObjectType.original]: 'originals',
  [ObjectType.clone]: 'clones',
  [ObjectType.fragment]: 'fragments',
  [ObjectType.request]: 'requests',
  [ObjectType.request_clone]: 'request clones',
  [ObjectType.flush_request]: 'flush requests',
}

/** Of one object: what it is, how large, where it goes. */
export function nodeWords({ nameOf, thingName }: FamilyNames, node: FamilyNode, index: number): string {
  const { sizeSectors, bios } = turnAt(node, index) ?? node
  const size = sizeSectors === 0 ? '' : ` · ${sizeText(sizeSectors)}`
  const path = nameOf(node.dev)
  switch (node.type) {
    case ObjectType.io:
    case ObjectType.original:
      return `${thingName(node.id)}${size}`
    case ObjectType.clone:
      if (node.ofRequest) return `cloned bio${size}`
      if (node.dev === DEV_NONE) return 'clone without a path'
      return node.attempt > 1 ? `clone, again → ${path}` : `clone → ${path}`
    case ObjectType.fragment:
      return `fragment${size}`
    case ObjectType.request:
    case ObjectType.flush_request:
      return `${thingName(node.id)} on ${path}${size}${bios > 1 ? `, ${bios} bios` : ''}`
    case ObjectType.request_clone:
      return `request clone → ${path}`
    case ObjectType.free:
      return 'object'
  }
}

export interface OutcomeWords {
  readonly text: string
  readonly tone: Tone
}

/** What has come of an object up to an event. */
export function outcomeWords(node: FamilyNode, index: number): OutcomeWords {
  const turn = turnAt(node, index)
  if (turn === undefined) return { text: 'not yet', tone: 'none' }
  const { outcome, issued } = turn
  const times = issued > 1 ? `, given to the device ${issued} times` : ''
  switch (outcome.kind) {
    case 'running':
      return { text: `in flight${times}`, tone: 'none' }
    case 'ok':
      return { text: `done${times}`, tone: 'good' }
    case 'failed':
      return { text: `failed: ${blkStatusName(outcome.status)}${times}`, tone: 'bad' }
    case 'merged':
      return { text: 'became part of another request', tone: 'good' }
    case 'returned':
      return { text: 'given back', tone: 'none' }
    case 'no_path':
      return { text: 'no usable path', tone: 'bad' }
  }
}

/** Of siblings that are alike, as one row. */
export function groupWords({ nameOf }: FamilyNames, item: GroupItem): string {
  if (item.kind === 'rest') return `and ${item.nodes.length} more alike`
  const [first] = item.nodes
  const same = item.nodes.every(({ sizeSectors }) => sizeSectors === first!.sizeSectors)
  const size = same && first!.sizeSectors > 0 ? ` of ${sizeText(first!.sizeSectors)}` : ''
  const to = first!.type === ObjectType.request_clone ? ` → ${nameOf(first!.dev)}` : ''
  return `${item.nodes.length} ${MANY[first!.type]}${size}${to}`
}

/** What has come of siblings that are alike, counted. */
export function groupOutcome({ nodes }: GroupItem, index: number): OutcomeWords {
  const { ok, failed, running, unborn } = tallyOf(nodes, index)
  const words = [
    ok > 0 ? `${ok} done` : '',
    failed > 0 ? `${failed} failed` : '',
    running > 0 ? `${running} in flight` : '',
    unborn > 0 ? `${unborn} to come` : '',
  ]
  const text = words.filter((word) => word !== '').join(', ')
  if (failed > 0) return { text, tone: 'bad' }
  return { text, tone: ok === nodes.length ? 'good' : 'none' }
}
