/**
 * The fields of a link, one schema each: from the text in the hash to what the program uses, with limits.
 *
 * A schema is a function that reads a text or answers undefined. A field that does not fit costs only itself; `words`
 * say what it was, for the sentence about it.
 */
import { fromBase64Url } from '../lib/base64url.ts'
import { simNs, type SimNs } from '../lib/brands.ts'
import { type ObjectId, objectId } from '../record/places.ts'
import { MAX_NAME } from './branch-edits.ts'
import { readLane } from './lane-text.ts'
import type { LinkBranch } from './link-state.ts'
import { MAX_LANES } from './scenario-store.ts'
import type { SelectedRange } from './selection-store.ts'
import { THEMES } from './settings-store.ts'
import type { LaneSetup, Pace, Theme } from './state.ts'

/** A link that carries a scenario of more text would be cut off by mail programs and chats. */
export const MAX_SCENARIO_TEXT = 24_000
const MAX_BRANCHES = 64
const MAX_ID = 2 ** 32 - 1
/** A day of simulated time. */
const MAX_NS = 86_400e9

/** What a text says, or undefined where it does not fit. */
export type Schema<T> = (text: string) => T | undefined

const matching =
  (pattern: RegExp): Schema<string> =>
  (text) =>
    pattern.test(text) ? text : undefined

const oneOf =
  <T extends string>(words: readonly T[]): Schema<T> =>
  (text) =>
    words.find((word) => word === text)

const number =
  (pattern: RegExp, max: number): Schema<number> =>
  (text) =>
    pattern.test(text) && Number(text) <= max ? Number(text) : undefined

const digits = (max: number): Schema<number> => number(/^\d{1,17}$/, max)
/** -1 stands for "before the first event". */
const eventIndex = number(/^(-1|\d{1,10})$/, MAX_ID)

/** `3@84216 dmsetup suspend mp`: the row of the parent, the time, the command. */
const branch: Schema<LinkBranch> = (text) => {
  const [, parent, atNs, command] = /^(\d{1,3})@(\d{1,17}) (.{1,4000})$/s.exec(text) ?? []
  if (parent === undefined || command === undefined || Number(atNs) > MAX_NS) return undefined
  return {
    parent: Number(parent),
    atNs: simNs(Number(atNs)),
    command: command.replaceAll(/\\([\\n])/g, unescaped),
  }
}

function unescaped(_: string, letter: string): string {
  return letter === 'n' ? '\n' : '\\'
}

/** Rows of branches, one a line; a line break within a command is written \\n. */
export function branchesText(branches: readonly LinkBranch[]): string {
  const lines = branches.map(({ parent, atNs, command }) => {
    const escaped = command.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
    return `${parent}@${atNs} ${escaped}`
  })
  return lines.join('\n')
}

/** Every row stands on an earlier one. */
function inOrder(rows: readonly LinkBranch[]): LinkBranch[] | undefined {
  return rows.every(({ parent }, at) => parent <= at) ? [...rows] : undefined
}

/** `4000-9000`: from the first nanosecond up to, not including, the second. */
const range: Schema<SelectedRange> = (text) => {
  const [fromNs = NaN, toNs = NaN, ...more] = text.split('-').map(digits(MAX_NS))
  return more.length === 0 && fromNs < toNs ? { fromNs, toNs } : undefined
}

/** The name that somebody gave to the branch of a row. */
export interface BranchName {
  readonly row: number
  readonly name: string
}

/** `3 without sdb` */
const branchName: Schema<BranchName> = (text) => {
  const [, row, name] = /^(\d{1,3}) (\S.*)$/.exec(text) ?? []
  return name === undefined || name.length > MAX_NAME ? undefined : { row: Number(row), name }
}

/** An id; 0 or nothing for a lane in which nothing is followed. */
const followed = number(/^\d{0,10}$/, MAX_ID)

function listOf<T>(separator: string, most: number, item: Schema<T>): Schema<T[]> {
  return (text) => {
    const parts = text.split(separator)
    if (parts.length > most) return undefined
    const items = parts.map(item).filter((value) => value !== undefined)
    return items.length === parts.length ? items : undefined
  }
}

/** A schema whose values are made into something else; `make` may refuse, too. */
function made<T, U>(schema: Schema<T>, make: (value: T) => U | undefined): Schema<U> {
  return (text) => {
    const value = schema(text)
    return value === undefined ? undefined : make(value)
  }
}

const coded: Schema<string> = (code) => {
  const text = code.length > MAX_SCENARIO_TEXT * 3 ? undefined : fromBase64Url(code)
  return text !== undefined && text.length >= 2 && text.length <= MAX_SCENARIO_TEXT ? text : undefined
}

/** What each field says, by the letter that stands for it in the hash. */
export interface LinkTypes {
  s: string
  x: string
  l: LaneSetup[]
  a: LinkBranch[]
  b: number
  t: SimNs
  i: number[]
  p: Pace
  f: (ObjectId | undefined)[]
  r: SelectedRange
  n: BranchName[]
  th: Theme
}
export type LinkFieldName = keyof LinkTypes

export interface LinkField<T> {
  readonly words: string
  readonly schema: Schema<T>
}

export const linkFields: { readonly [K in LinkFieldName]: LinkField<LinkTypes[K]> } = {
  s: { words: 'the name of the scenario', schema: matching(/^[\w.-]{1,80}$/) },
  x: { words: 'the scenario inside it', schema: coded },
  l: { words: 'its lanes', schema: listOf('|', MAX_LANES, readLane) },
  a: { words: 'what was done in it', schema: made(listOf('\n', MAX_BRANCHES, branch), inOrder) },
  b: { words: 'its branch', schema: digits(MAX_BRANCHES) },
  t: { words: 'its time', schema: made(digits(MAX_NS), simNs) },
  i: { words: 'its events', schema: listOf('.', MAX_LANES, eventIndex) },
  p: { words: 'its pace', schema: oneOf(['story', 'real']) },
  f: {
    words: 'what it follows',
    schema: made(listOf('.', MAX_LANES, followed), (ids) =>
      ids.map((id) => (id === 0 ? undefined : objectId(id))),
    ),
  },
  r: { words: 'the time that is selected in it', schema: range },
  n: { words: 'the names of its branches', schema: listOf('\n', MAX_BRANCHES, branchName) },
  th: { words: 'its theme', schema: oneOf(THEMES) },
}
