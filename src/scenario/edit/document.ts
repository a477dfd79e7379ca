/** Changes to a parsed document, by path, without touching the one before; whatever shape it has. */
import type { JsonPath } from '../../lib/json-text.ts'

type Json = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function valueAt(document: unknown, path: JsonPath): unknown {
  let here = document
  for (const part of path) {
    if (typeof part === 'number') here = Array.isArray(here) ? (here as unknown[])[part] : undefined
    else here = isObject(here) && Object.hasOwn(here, part) ? here[part] : undefined
  }
  return here
}

/** The list there; an empty one where there is none. */
export function listAt(document: unknown, path: JsonPath): readonly unknown[] {
  const found = valueAt(document, path)
  return Array.isArray(found) ? (found as unknown[]) : []
}

/** The document with that value there; `undefined` takes it out, and the object around it if nothing else is in it. */
export function withValue(document: unknown, path: JsonPath, value: unknown): unknown {
  const [part, ...rest] = path
  if (part === undefined) return value
  const inner = withValue(valueAt(document, [part]), rest, value)
  const gone =
    inner === undefined || (value === undefined && rest.length > 0 && isObject(inner) && isEmpty(inner))
  if (typeof part === 'number') {
    const list = Array.isArray(document) ? [...(document as unknown[])] : []
    if (gone && rest.length === 0) list.splice(part, 1)
    else list[part] = inner === undefined ? {} : inner
    return list
  }
  const object = isObject(document) ? document : {}
  if (!gone) return { ...object, [part]: inner }
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== part))
}

export function withInserted(document: unknown, list: JsonPath, at: number, value: unknown): unknown {
  return withValue(document, list, listAt(document, list).toSpliced(at, 0, value))
}

export function withMoved(document: unknown, list: JsonPath, from: number, to: number): unknown {
  const items = listAt(document, list)
  if (to < 0 || to >= items.length) return document
  return withValue(document, list, items.toSpliced(from, 1).toSpliced(to, 0, items[from]))
}

function isEmpty(object: Json): boolean {
  return Object.keys(object).length === 0
}
