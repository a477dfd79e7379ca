/** Bounds of a document, taken before anything walks it recursively. */
import type { JsonPath } from '../lib/json-text.ts'
import { LIMITS } from './limits.ts'
import { problem, type Problem } from './problems.ts'

/** Field names that mean something to the language itself; no field of a scenario is called so. */
const reserved = new Set(['__proto__', 'constructor', 'prototype'])

export function measure(document: unknown): Problem | undefined {
  const waiting: { readonly value: unknown; readonly path: JsonPath }[] = [{ value: document, path: [] }]
  let values = 0
  for (let here = waiting.pop(); here !== undefined; here = waiting.pop()) {
    const { value, path } = here
    values++
    if (values > LIMITS.values)
      return problem([], `it holds more than ${LIMITS.values} values`, 'make it smaller')
    if (typeof value !== 'object' || value === null) continue
    if (path.length >= LIMITS.depth)
      return problem(path, `it is nested deeper than ${LIMITS.depth} levels`, 'flatten it')
    const keys = Object.keys(value)
    const bad = keys.find((key) => reserved.has(key))
    if (bad !== undefined) return problem(path, `"${bad}" is not a field here`, 'take it out')
    if (keys.length + waiting.length + values > LIMITS.values)
      return problem(path, `it holds more than ${LIMITS.values} values`, 'make it smaller')
    for (const key of keys)
      waiting.push({
        value: (value as Record<string, unknown>)[key],
        path: [...path, Array.isArray(value) ? Number(key) : key],
      })
  }
  return undefined
}
