/** What things are called in sentences, labels and lists: bio 5, its clone, request 2, sdb. */
import { DEV_NONE, type RunHeader } from '../engine/log/index.ts'
import { type LaneFacts, ThingKind } from './facts.ts'

export interface Namer {
  readonly header: RunHeader
  readonly facts: LaneFacts
}

/** `bio 5`, `the clone of bio 5`, `the lower clone of bio 5` (of a stack of devices), `a fragment of bio 5`, `request 2`, `the clone of request 2`. */
export function thingName(by: Namer, id: number): string {
  const { facts } = by
  switch (facts.kindOf(id)) {
    case ThingKind.io:
      return `I/O ${facts.ordinalOf(id)}`
    case ThingKind.bio:
      return `bio ${facts.ordinalOf(id)}`
    case ThingKind.clone:
      return facts.kindOf(facts.parentOf(id)) === ThingKind.clone
        ? `the lower clone of ${thingName(by, originalOf(facts, id))}`
        : `the clone of ${thingName(by, facts.parentOf(id))}`
    case ThingKind.fragment:
      return `a fragment of ${thingName(by, originalOf(facts, id))}`
    case ThingKind.request:
      return `request ${facts.ordinalOf(id)}`
    case ThingKind.request_clone:
      return `the clone of request ${facts.ordinalOf(id)}`
    case ThingKind.unknown:
      return id === 0 ? 'nothing' : `object ${id}`
  }
}

/** The original bio that something was made from, itself where it is one, 0 where none is known. */
export function originalOf(facts: LaneFacts, id: number): number {
  let at = id
  for (let steps = 0; steps < 64; steps++) {
    const kind = facts.kindOf(at)
    if (kind === ThingKind.bio || kind === ThingKind.io || kind === ThingKind.unknown) return at
    at = facts.parentOf(at)
  }
  return 0
}

export function deviceName(header: RunHeader, dev: number): string {
  if (dev === DEV_NONE) return 'no device'
  return header.devices[dev]?.name ?? `device ${dev}`
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
