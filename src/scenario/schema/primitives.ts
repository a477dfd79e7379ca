/**
 * The few kinds of values a scenario is made of. Each schema's message is its remedy, a request to the author; what is
 * wrong is said by problems.ts from the value that was found.
 */
import * as v from 'valibot'
import { nearest, suggest } from '../../lib/near-miss.ts'
import { LIMITS } from '../limits.ts'

type Typed<T> = v.GenericSchema<unknown, T>

export function whole(least: number, most: number): Typed<number> {
  const remedy = `write a whole number from ${least} to ${most}`
  return v.pipe(v.number(remedy), v.safeInteger(remedy), v.minValue(least, remedy), v.maxValue(most, remedy))
}

export function numberBetween(least: number, most: number): Typed<number> {
  const remedy = `write a number from ${least} to ${most}`
  return v.pipe(v.number(remedy), v.minValue(least, remedy), v.maxValue(most, remedy))
}

export function text(most: number = LIMITS.word): Typed<string> {
  return v.pipe(
    v.string('write a text in double quotes'),
    v.maxLength(most, `write at most ${most} characters`),
  )
}

export function shaped(pattern: RegExp, remedy: string, most: number = LIMITS.word): Typed<string> {
  return v.pipe(
    v.string(remedy),
    v.maxLength(most, `write at most ${most} characters`),
    v.regex(pattern, remedy),
  )
}

export const yesOrNo: Typed<boolean> = v.boolean('write true or false')

export const onlyTrue: Typed<true> = v.literal(true, 'write true, or leave the field out')

export function oneOf<const Words extends readonly string[]>(words: Words): Typed<Words[number]> {
  return v.picklist(words, (issue) => suggest(typeof issue.input === 'string' ? issue.input : '', words))
}

export function listOf<T>(item: Typed<T>, least: number, most: number): Typed<T[]> {
  return v.pipe(
    v.array(item, 'write a list in square brackets'),
    v.minLength(least, `write at least ${least} of them`),
    v.maxLength(most, `write at most ${most} of them`),
  )
}

const object = v.custom<Record<string, unknown>>(
  (input) => typeof input === 'object' && input !== null && !Array.isArray(input),
  'write an object in curly brackets',
)

export function recordOf<T>(key: Typed<string>, value: Typed<T>): Typed<Record<string, T>> {
  return v.pipe(object, v.record(key as v.GenericSchema<string, string>, value))
}

/** An object with exactly these fields; an unknown one is named, with the nearest known one. */
export function fields<const Entries extends v.ObjectEntries>(
  entries: Entries,
): v.SchemaWithPipe<
  readonly [
    v.GenericSchema<Record<string, unknown>>,
    v.StrictObjectSchema<Entries, v.ErrorMessage<v.StrictObjectIssue>>,
  ]
> {
  const known = Object.keys(entries)
  const remedy = (issue: v.StrictObjectIssue): string => {
    if (issue.expected === 'never') return unknownField(String(issue.input), known)
    const missing = known.find((name) => issue.expected === `"${name}"`)
    return missing === undefined ? 'write an object in curly brackets' : hintOf(entries[missing])
  }
  return v.pipe(object, v.strictObject(entries, remedy))
}

export function unknownField(name: string, known: readonly string[]): string {
  const near = nearest(name, known)
  return near === undefined
    ? `take it out; the fields here are ${known.join(', ')}`
    : `did you mean "${near}"?`
}

/** What a missing field should hold, as far as its schema says so in one fixed sentence. */
function hintOf(schema: unknown): string {
  const message = (schema as { readonly message?: unknown } | undefined)?.message
  return typeof message === 'string' ? `${message} there` : 'add it'
}
