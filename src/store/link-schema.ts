/**
 * The fields of a link, one schema each: from the text in the hash to what the program uses, with limits.
 *
 * A schema is a function that reads a text or answers undefined. A field that does not fit costs only itself; `words`
 * say what it was, for the sentence about it.
 */
import { fromBase64Url } from '../lib/base64url.ts'
import { simNs, type SimNs } from '../lib/brands.ts'
import { type ObjectId, objectId } from '../record/places.ts'
import { MAX_LANES } from './scenario-store.ts'
import { THEMES } from './settings-store.ts'
import type { LaneSetup, Pace, Theme } from './state.ts'

/** A link that carries a scenario of more text would be cut off by mail programs and chats. */
export const MAX_SCENARIO_TEXT = 24_000
const MAX_SEED = 2 ** 32 - 1
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
const kernel = matching(/^[\w.-]{1,16}$/)
const mode = oneOf(['bio', 'rq', 'native', 'single'])
const seed = digits(MAX_SEED)

/** `rq:6.12:1`: mode, kernel, seed. */
const lane: Schema<LaneSetup> = (text) => {
  const parts = text.split(':')
  const [modeText = '', kernelText = '', seedText = ''] = parts
  const read = { mode: mode(modeText), kernel: kernel(kernelText), seed: seed(seedText) }
  if (parts.length !== 3 || read.mode === undefined) return undefined
  if (read.kernel === undefined || read.seed === undefined) return undefined
  return { mode: read.mode, kernel: read.kernel, seed: read.seed }
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
  t: SimNs
  i: number[]
  p: Pace
  f: (ObjectId | undefined)[]
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
  l: { words: 'its lanes', schema: listOf('|', MAX_LANES, lane) },
  t: { words: 'its time', schema: made(digits(MAX_NS), simNs) },
  i: { words: 'its events', schema: listOf('.', MAX_LANES, eventIndex) },
  p: { words: 'its pace', schema: oneOf(['story', 'real']) },
  f: {
    words: 'what it follows',
    schema: made(listOf('.', MAX_LANES, followed), (ids) =>
      ids.map((id) => (id === 0 ? undefined : objectId(id))),
    ),
  },
  th: { words: 'its theme', schema: oneOf(THEMES) },
}
