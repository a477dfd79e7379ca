/** Who belongs together: an I/O, its bios, their clones and fragments, the requests they are in and their clones. */
import type { Picture } from '../record/picture.ts'
import { ObjectType } from '../record/places.ts'
import type { LaneFacts } from './facts.ts'
import { ThingKind } from './facts.ts'

/** The top of the family: the application I/O where one is known, else the original bio. */
export function familyRoot(facts: LaneFacts, id: number): number {
  let at = id
  for (let steps = 0; steps < 64; steps++) {
    const parent = facts.parentOf(at)
    if (parent === 0 || facts.kindOf(parent) === ThingKind.unknown) return at
    at = parent
  }
  return at
}

/** Sets 1 for the rows of the family of `id`, 0 for all others. A request that holds one of them belongs to it. */
export function familyRows(picture: Picture, facts: LaneFacts, id: number, out: Uint8Array): void {
  const { slots } = picture
  out.fill(0)
  // A request stands for every bio in it: following a request follows itself and its bios, not all their siblings.
  const followsRequest = isRequestKind(facts.kindOf(id))
  const root = followsRequest ? 0 : familyRoot(facts, id)
  const request = followsRequest ? requestOf(facts, id) : 0
  for (let row = 0; row < slots.count; row++) {
    const type = slots.type[row]!
    if (type === ObjectType.free || type >= ObjectType.request) continue
    const self = slots.id[row]!
    const member = followsRequest ? slots.container[row] === request : familyRoot(facts, self) === root
    if (!member) continue
    out[row] = 1
    const holder = picture.find(slots.container[row]!)
    if (holder >= 0) out[holder] = 1
    if (followsRequest) markAncestors(picture, row, out)
  }
  const self = picture.find(id)
  if (self >= 0) out[self] = 1
  markRequestClones(picture, out)
}

/** A span of time; what lived at any moment of it is lit. */
export interface LitRange {
  readonly fromNs: number
  readonly toNs: number
}

/** Sets 1 for the rows of I/Os that were under way in a range, and for the requests that hold one of them. */
export function rangeRows(picture: Picture, facts: LaneFacts, range: LitRange, out: Uint8Array): void {
  const { slots } = picture
  out.fill(0)
  for (let row = 0; row < slots.count; row++) {
    const type = slots.type[row]!
    if (type === ObjectType.free || type >= ObjectType.request) continue
    const root = familyRoot(facts, slots.id[row]!)
    const io = picture.find(root)
    const bornNs = slots.bornNs[io < 0 ? row : io]!
    const isIo = facts.kindOf(root) === ThingKind.io
    const endNs = (isIo ? facts.ioEndNs[facts.ordinalOf(root)] : undefined) ?? Infinity
    if (bornNs > range.toNs || endNs < range.fromNs) continue
    out[row] = 1
    const holder = picture.find(slots.container[row]!)
    if (holder >= 0) out[holder] = 1
  }
  markRequestClones(picture, out)
}

function markRequestClones(picture: Picture, out: Uint8Array): void {
  const { slots } = picture
  for (let row = 0; row < slots.count; row++) {
    if (slots.type[row] !== ObjectType.request_clone) continue
    const original = picture.find(slots.parent[row]!)
    if (original >= 0 && out[original] === 1) out[row] = 1
  }
}

function isRequestKind(kind: ThingKind): boolean {
  return kind === ThingKind.request || kind === ThingKind.request_clone
}

/** A request clone stands for its request. */
function requestOf(facts: LaneFacts, id: number): number {
  return facts.kindOf(id) === ThingKind.request_clone ? facts.parentOf(id) : id
}

function markAncestors(picture: Picture, row: number, out: Uint8Array): void {
  const { slots } = picture
  for (let at = picture.find(slots.parent[row]!); at >= 0; at = picture.find(slots.parent[at]!)) out[at] = 1
}
