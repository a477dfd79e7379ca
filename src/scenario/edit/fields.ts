/**
 * What a form needs to know of an object: its fields, and what each may hold, read off the schema that will check it. A
 * field that the schema gains is in every form at once.
 */
import type * as v from 'valibot'

export type FieldShape =
  | { readonly kind: 'number'; readonly least: number; readonly most: number; readonly whole: boolean }
  | { readonly kind: 'text'; readonly most: number }
  | { readonly kind: 'number_or_text' }
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  /** true or false */
  | { readonly kind: 'flag' }
  /** true, or left out */
  | { readonly kind: 'mark' }
  | { readonly kind: 'fixed'; readonly value: unknown }
  | { readonly kind: 'group'; readonly fields: readonly Field[] }
  | { readonly kind: 'list'; readonly item: FieldShape }
  /** To be written in the text. */
  | { readonly kind: 'other' }

export interface Field {
  readonly name: string
  readonly optional: boolean
  readonly shape: FieldShape
}

/** The parts of a valibot schema that are read here. */
interface Schema {
  readonly type: string
  readonly wrapped?: Schema
  readonly entries?: Readonly<Record<string, Schema>>
  readonly options?: readonly unknown[]
  readonly literal?: unknown
  readonly item?: Schema
  readonly requirement?: unknown
  readonly pipe?: readonly Schema[]
}

export function fieldsOf(schema: v.GenericSchema): readonly Field[] {
  return fieldsIn(schema) ?? []
}

function fieldsIn(schema: Schema): readonly Field[] | undefined {
  const entries = partsOf(schema).find((part) => part.entries !== undefined)?.entries
  if (entries === undefined) return undefined
  return Object.entries(entries).map(([name, entry]) => ({
    name,
    optional: entry.wrapped !== undefined,
    shape: shapeOf(entry.wrapped ?? entry),
  }))
}

function partsOf(schema: Schema): readonly Schema[] {
  return schema.pipe ?? [schema]
}

function shapeOf(schema: Schema): FieldShape {
  const group = fieldsIn(schema)
  if (group !== undefined) return { kind: 'group', fields: group }
  switch (schema.type) {
    case 'number':
      return {
        kind: 'number',
        least: bound(schema, 'min_value', 0),
        most: bound(schema, 'max_value', Number.MAX_SAFE_INTEGER),
        whole: partsOf(schema).some(({ type }) => type === 'safe_integer'),
      }
    case 'string':
      return { kind: 'text', most: bound(schema, 'max_length', Infinity) }
    case 'picklist':
      return { kind: 'choice', options: (schema.options ?? []).map(String) }
    case 'boolean':
      return { kind: 'flag' }
    case 'literal':
      return schema.literal === true ? { kind: 'mark' } : { kind: 'fixed', value: schema.literal }
    case 'array':
      return schema.item === undefined ? { kind: 'other' } : { kind: 'list', item: shapeOf(schema.item) }
    case 'union':
      return isNumberOrText(schema) ? { kind: 'number_or_text' } : { kind: 'other' }
    default:
      return { kind: 'other' }
  }
}

function bound(schema: Schema, type: string, otherwise: number): number {
  const found = partsOf(schema).find((part) => part.type === type)?.requirement
  return typeof found === 'number' ? found : otherwise
}

function isNumberOrText({ options }: Schema): boolean {
  const types = (options ?? []).map((option) => (option as Schema).type)
  return (
    types.length === 2 && types.includes('number') && (types.includes('string') || types.includes('picklist'))
  )
}
