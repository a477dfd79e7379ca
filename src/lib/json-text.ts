/**
 * JSON with places: where a text stops being JSON, and where in it a value stands.
 *
 * JSON.parse does the parsing. The scanner below is asked only when something is wrong, because engines word their
 * syntax errors differently and none says where a value was.
 */
export type JsonPath = readonly (string | number)[]

/** Both from 1. */
export interface TextPlace {
  readonly line: number
  readonly column: number
}

export type JsonText =
  | { readonly ok: true; readonly value: unknown; readonly placeOf: (path: JsonPath) => TextPlace }
  | { readonly ok: false; readonly line: number; readonly column: number; readonly what: string }

export function readJson(text: string): JsonText {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    const { offset, what } = syntaxError(text)
    return { ok: false, ...placeAt(text, offset), what }
  }
  let places: Map<string, number> | undefined
  const placeOf = (path: JsonPath): TextPlace => {
    places ??= placesOf(text)
    for (let length = path.length; length >= 0; length--) {
      const offset = places.get(JSON.stringify(path.slice(0, length)))
      if (offset !== undefined) return placeAt(text, offset)
    }
    return { line: 1, column: 1 }
  }
  return { ok: true, value, placeOf }
}

export function placeAt(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset)
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') }
}

/** `devices[1].queue.scheduler` */
export function spellPath(path: JsonPath): string {
  let spelt = ''
  for (const part of path) {
    if (typeof part === 'number') spelt += `[${part}]`
    else if (/^[A-Za-z_][\w-]*$/.test(part)) spelt += spelt === '' ? part : `.${part}`
    else spelt += `[${JSON.stringify(part.length > 40 ? `${part.slice(0, 40)}…` : part)}]`
  }
  return spelt
}

class Stop extends Error {
  readonly offset: number
  constructor(offset: number, what: string) {
    super(what)
    this.offset = offset
  }
}

const DEEPEST = 200
const blank = /[ \t\n\r]*/y
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

/** Walks over one JSON value, telling `visit` where each value begins. Throws Stop at the first fault. */
function scan(text: string, visit: (path: JsonPath, offset: number) => void): void {
  let at = 0
  const eat = (token: RegExp): string | undefined => {
    token.lastIndex = at
    const found = token.exec(text)?.[0]
    if (found !== undefined) at += found.length
    return found
  }
  const next = (): string | undefined => {
    eat(blank)
    return text[at]
  }
  const fault = (wanted: string): Stop => {
    const found = text[at]
    return new Stop(
      at,
      `${wanted} is expected, ${found === undefined ? 'the text ends' : `"${found}" is there`}`,
    )
  }
  const members = (close: string, member: (index: number) => void): void => {
    at++
    if (next() === close) {
      at++
      return
    }
    for (let index = 0; ; index++) {
      member(index)
      const after = next()
      if (after !== ',' && after !== close) throw fault(`a comma or ${close}`)
      at++
      if (after === close) return
    }
  }
  const value = (path: JsonPath): void => {
    const first = next()
    visit(path, at)
    if (path.length > DEEPEST) throw new Stop(at, 'the text is nested too deeply')
    if (first === '{') members('}', () => pair(path))
    else if (first === '[') members(']', (index) => value([...path, index]))
    else if (eat(first === '"' ? string : scalar) === undefined) throw fault('a value')
  }
  const pair = (path: JsonPath): void => {
    next()
    const start = at
    const key = eat(string)
    if (key === undefined) throw fault('a field name in double quotes')
    if (next() !== ':') throw fault('a colon')
    at++
    const whole = [...path, JSON.parse(key) as string]
    value(whole)
    visit(whole, start)
  }
  value([])
  if (next() !== undefined) throw fault('the end of the text')
}

function syntaxError(text: string): { readonly offset: number; readonly what: string } {
  try {
    scan(text, () => undefined)
  } catch (error) {
    if (error instanceof Stop) return { offset: error.offset, what: error.message }
    throw error
  }
  return { offset: 0, what: 'the text is not JSON' }
}

function placesOf(text: string): Map<string, number> {
  const places = new Map<string, number>()
  try {
    scan(text, (path, offset) => places.set(JSON.stringify(path), offset))
  } catch (error) {
    if (!(error instanceof Stop)) throw error
  }
  return places
}
