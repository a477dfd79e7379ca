/**
 * The shareable state as the hash of an address, and back: `#v1;s=sequential-writes&l=bio:6.12:1|rq:6.12:1&t=84215`.
 *
 * Reading never throws: a field that is missing has its default, one that is unknown is ignored, one that does not fit is
 * left out and named in a notice. A link of an older version is first rewritten by the upgraders, one version at a time.
 */
import { toBase64Url } from '../lib/base64url.ts'
import type { LinkBranch, LinkState } from './link-state.ts'
import { plainLink } from './link-state.ts'
import {
  type BranchName,
  branchesText,
  linkFields,
  type LinkField,
  type LinkFieldName,
  MAX_SCENARIO_TEXT,
} from './link-schema.ts'
import type { ScenarioSource } from '../scenario/index.ts'
import { laneText } from './lane-text.ts'
import type { SelectedRange } from './selection-store.ts'

export const LINK_VERSION = 1

/** Longer hashes are not even split. */
const MAX_HASH = 100_000

type Fields = ReadonlyMap<string, string>

/** From each version to the next. Version 0 is a bare name, as one types it by hand: `#sequential-writes`. */
const UPGRADES: readonly ((fields: Fields) => Fields)[] = [(fields) => new Map([['s', fields.get('') ?? '']])]

/** @param first What is opened where the link names no scenario. */
export function readLink(hash: string, first: ScenarioSource): LinkState {
  const text = hash.replace(/^#/, '')
  if (text === '') return plainLink(first)
  if (text.length > MAX_HASH)
    return plainLink(first, 'The link is too long to be one of ours; the first scenario is shown.')
  const versioned = /^v(\d{1,4});(.*)$/s.exec(text)
  const version = versioned === null ? 0 : Number(versioned[1])
  if (version > LINK_VERSION) {
    const newer = `The link was made by a newer bioscope (version ${version} of links, this one reads up to ${LINK_VERSION})`
    return plainLink(first, `${newer}; the first scenario is shown.`)
  }
  let fields: Fields = versioned === null ? new Map([['', plainText(text)]]) : splitFields(versioned[2]!)
  for (const upgrade of UPGRADES.slice(version)) fields = upgrade(fields)
  return stateOf(fields, first)
}

/** The hash without `#`. What is as on a first visit is left out. */
export function writeLink(link: Omit<LinkState, 'notice'>): string {
  const fields: [LinkFieldName, string][] = [sourceField(link.source)]
  if (link.lanes !== undefined) fields.push(['l', link.lanes.map(laneText).join('|')])
  if (link.branches.length > 0) fields.push(['a', branchesText(link.branches)])
  if (link.branch > 0) fields.push(['b', String(link.branch)])
  if (link.timeNs !== undefined) fields.push(['t', String(Math.round(link.timeNs))])
  if (link.indices !== undefined) fields.push(['i', link.indices.join('.')])
  if (link.pace !== 'story') fields.push(['p', link.pace])
  if (link.followed.some((id) => id !== undefined))
    fields.push(['f', link.followed.map((id) => id ?? '').join('.')])
  if (link.range !== undefined) fields.push(...rangeField(link.range))
  const names = link.branches.flatMap(({ name }, at) => (name === undefined ? [] : [`${at + 1} ${name}`]))
  if (names.length > 0) fields.push(['n', names.join('\n')])
  if (link.theme !== undefined) fields.push(['th', link.theme])
  return `v${LINK_VERSION};${fields.map(([name, text]) => `${name}=${escapeText(text)}`).join('&')}`
}

/** False for a scenario of so much text that no link should carry it. */
export function fitsLink(source: ScenarioSource): boolean {
  return source.kind === 'gallery' || source.text.length <= MAX_SCENARIO_TEXT
}

function sourceField(source: ScenarioSource): [LinkFieldName, string] {
  return source.kind === 'gallery' ? ['s', source.name] : ['x', toBase64Url(source.text)]
}

/** In whole nanoseconds; a span of none is not worth saying. */
function rangeField({ fromNs, toNs }: SelectedRange): [LinkFieldName, string][] {
  const [from, to] = [Math.round(fromNs), Math.round(toNs)]
  return from < to ? [['r', `${from}-${to}`]] : []
}

/** Only what would end a field or break an address; the rest stays readable. */
function escapeText(text: string): string {
  // Half of a character of two halves cannot be written.
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\uFFFD')).replaceAll(
    /%(3A|7C|2C|3D|40)/g,
    decodeURIComponent,
  )
}

function plainText(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function splitFields(text: string): Fields {
  const pairs = text.split('&').map((pair): [string, string] => {
    const at = pair.indexOf('=')
    return at < 0 ? [pair, ''] : [pair.slice(0, at), plainText(pair.slice(at + 1))]
  })
  return new Map(pairs)
}

function stateOf(fields: Fields, first: ScenarioSource): LinkState {
  const unreadable: string[] = []
  const read = <T>(name: LinkFieldName, field: LinkField<T>): T | undefined => {
    const text = fields.get(name)
    const value = text === undefined ? undefined : field.schema(text)
    if (text !== undefined && value === undefined) unreadable.push(field.words)
    return value
  }
  const source = sourceOf(read('s', linkFields.s), read('x', linkFields.x))
  return {
    source: source ?? first,
    lanes: read('l', linkFields.l),
    branches: named(read('a', linkFields.a) ?? [], read('n', linkFields.n) ?? []),
    branch: read('b', linkFields.b) ?? 0,
    timeNs: read('t', linkFields.t),
    indices: read('i', linkFields.i),
    pace: read('p', linkFields.p) ?? 'story',
    followed: read('f', linkFields.f) ?? [],
    range: read('r', linkFields.r),
    theme: read('th', linkFields.th),
    notice:
      unreadable.length === 0 ? undefined : `The link is damaged: ${listed(unreadable)} could not be read.`,
  }
}

function named(branches: readonly LinkBranch[], names: readonly BranchName[]): readonly LinkBranch[] {
  return branches.map((branch, at) => {
    const found = names.find(({ row }) => row === at + 1)
    return found === undefined ? branch : { ...branch, name: found.name }
  })
}

function sourceOf(name: string | undefined, text: string | undefined): ScenarioSource | undefined {
  if (text !== undefined) return { kind: 'custom', text }
  return name === undefined ? undefined : { kind: 'gallery', name }
}

function listed(words: readonly string[]): string {
  return words.length === 1 ? words[0]! : `${words.slice(0, -1).join(', ')} and ${words.at(-1)!}`
}
