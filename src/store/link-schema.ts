/**
 * The fields of a link, one schema each: from the text in the hash to what the program uses, with limits.
 *
 * A field that does not fit costs only itself; `words` say what it was, for the sentence about it.
 */
import * as v from 'valibot'
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

const digits = (max: number): v.GenericSchema<string, number> =>
  v.pipe(
    v.string(),
    v.regex(/^\d{1,17}$/),
    v.transform(Number),
    v.check((n) => n <= max),
  )

const listOf = <T>(
  separator: string,
  most: number,
  item: v.GenericSchema<string, T>,
): v.GenericSchema<string, T[]> =>
  v.pipe(
    v.string(),
    v.transform((text) => text.split(separator)),
    v.maxLength(most),
    v.array(item),
  )

/** `rq:6.12:1`: mode, kernel, seed. */
const lane = v.pipe(
  v.string(),
  v.transform((text) => text.split(':')),
  v.tuple([v.picklist(['bio', 'rq']), v.pipe(v.string(), v.regex(/^[\w.-]{1,16}$/)), digits(MAX_SEED)]),
  v.transform(([mode, kernel, seed]) => ({ mode, kernel, seed })),
)

/** An id, or nothing for a lane in which nothing is followed. */
const followed = v.pipe(
  v.string(),
  v.regex(/^\d{0,10}$/),
  v.transform((text) => (text === '' ? undefined : objectId(Number(text)))),
  v.check((id) => id === undefined || (id > 0 && id <= MAX_ID)),
)

/** -1 stands for "before the first event". */
const eventIndex = v.pipe(
  v.string(),
  v.regex(/^(-1|\d{1,10})$/),
  v.transform(Number),
  v.check((n) => n <= MAX_ID),
)

const coded = v.pipe(
  v.string(),
  v.maxLength(MAX_SCENARIO_TEXT * 3),
  v.transform((text) => fromBase64Url(text) ?? ''),
  v.minLength(2),
  v.maxLength(MAX_SCENARIO_TEXT),
)

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
export type LinkValues = Partial<LinkTypes>

export interface LinkField<T> {
  readonly words: string
  readonly schema: v.GenericSchema<string, T>
}

export const linkFields: { readonly [K in LinkFieldName]: LinkField<LinkTypes[K]> } = {
  s: { words: 'the name of the scenario', schema: v.pipe(v.string(), v.regex(/^[\w.-]{1,80}$/)) },
  x: { words: 'the scenario inside it', schema: coded },
  l: { words: 'its lanes', schema: listOf('|', MAX_LANES, lane) },
  t: { words: 'its time', schema: v.pipe(digits(MAX_NS), v.transform(simNs)) },
  i: { words: 'its events', schema: listOf('.', MAX_LANES, eventIndex) },
  p: { words: 'its pace', schema: v.picklist(['story', 'real']) },
  f: { words: 'what it follows', schema: listOf('.', MAX_LANES, followed) },
  th: { words: 'its theme', schema: v.picklist(THEMES) },
}

/** What a field says, or undefined where it does not fit. */
export function readField<T>({ schema }: LinkField<T>, text: string): T | undefined {
  const result = v.safeParse(schema, text)
  return result.success ? result.output : undefined
}
