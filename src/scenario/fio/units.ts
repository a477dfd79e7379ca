/**
 * Numbers as fio writes them. Sizes follow kb_base: with 1024, fio's default, `k` is 1024 and `ki` is 1000 (compatibility
 * with old job files); with 1000 it is the other way round. Times have a unit of their own for each option.
 */
export type KbBase = 1000 | 1024

const POWERS = ['', 'k', 'm', 'g', 't', 'p']

/** Bytes, or undefined where the text is no size. A percentage is taken of `whole`. */
export function readSize(text: string, kbBase: KbBase, whole: number): number | undefined {
  const found = /^(\d+(?:\.\d+)?)(?:([kmgtp]?)(i?)b?|(%))$/i.exec(text)
  if (!found) return undefined
  const [, digits = '', prefix = '', iec = '', percent] = found
  const number = Number(digits)
  if (percent !== undefined) return number <= 100 ? Math.floor((whole * number) / 100) : undefined
  if (prefix === '' && iec !== '') return undefined
  const base = (iec === '') === (kbBase === 1024) ? 1024 : 1000
  const bytes = number * base ** POWERS.indexOf(prefix.toLowerCase())
  return Number.isSafeInteger(bytes) ? bytes : undefined
}

const TIME_NS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  usec: 1e3,
  ms: 1e6,
  msec: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
  d: 86_400e9,
}

/** Nanoseconds; `unit` where the text names none. */
export function readTime(text: string, unit: 's' | 'us'): number | undefined {
  const found = /^(\d+(?:\.\d+)?)([a-z]*)$/i.exec(text)
  const perUnit = TIME_NS[found?.[2]?.toLowerCase() || unit]
  if (!found || perUnit === undefined) return undefined
  return Math.round(Number(found[1]) * perUnit)
}

/** `1`, `0`, or the option's name alone. */
export function readSwitch(text: string): boolean | undefined {
  if (text === '' || text === '1' || text === 'true') return true
  return text === '0' || text === 'false' ? false : undefined
}

export function readWhole(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined
}
