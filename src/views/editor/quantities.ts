/**
 * Numbers as people type and read them: `64k` bytes, `100us`; what the file holds is bytes and nanoseconds. The unit is in
 * the field's name.
 */
import { durationText } from '../../lib/duration.ts'

type Unit = 'bytes' | 'ns' | 'sectors' | 'kib' | 'none'

const IN_BYTES = new Set([
  'bs',
  'bytes',
  'length',
  'offset',
  'stride',
  'span',
  'max_segment_size',
  'offset_increment',
  'size',
])

export function unitOf(name: string): Unit {
  if (name.endsWith('_ns') || name === 'ns') return 'ns'
  if (name.endsWith('_kb')) return 'kib'
  if (name.endsWith('sectors') || name === 'first_sector' || name === 'start_sector') return 'sectors'
  return IN_BYTES.has(name) || name.endsWith('_bytes') || name.endsWith('_block_size') ? 'bytes' : 'none'
}

const BYTES: Readonly<Record<string, number>> = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 }
const TIMES: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9 }

const FACTORS: Readonly<Partial<Record<Unit, Readonly<Partial<Record<string, number>>>>>> = {
  bytes: BYTES,
  ns: TIMES,
}

/** The number that is meant; the text itself where it is none, so that the file shows what was typed. */
export function typedNumber(text: string, name: string): number | string | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  if (/^-?\d{1,16}(\.\d{1,9})?$/.test(trimmed)) return Number(trimmed)
  const found = /^(\d{1,12}(?:\.\d{1,6})?)\s*([a-zµ]{1,3})$/i.exec(trimmed)
  const unit = unitOf(name)
  const factor = FACTORS[unit]?.[found?.[2]?.toLowerCase() ?? '']
  return found === null || factor === undefined ? text : Math.round(Number(found[1]) * factor)
}

/** What a number comes to, where that is not plain from its digits. */
export function spoken(value: unknown, name: string): string {
  if (typeof value !== 'number' || value === 0 || !Number.isFinite(value)) return ''
  switch (unitOf(name)) {
    case 'ns':
      return value < 1000 ? '' : durationText(value)
    case 'bytes':
      return sizeSpoken(value, value < 1024)
    case 'sectors':
      return sizeSpoken(value * 512, false)
    case 'kib':
      return sizeSpoken(value * 1024, value < 1024)
    case 'none':
      return ''
  }
}

function sizeSpoken(bytes: number, plain: boolean): string {
  if (plain) return ''
  const [size, unit] = [
    [1024 ** 4, 'TiB'],
    [1024 ** 3, 'GiB'],
    [1024 ** 2, 'MiB'],
    [1024, 'KiB'],
    [1, 'B'],
  ].find(([least]) => bytes >= Number(least)) ?? [1, 'B']
  return `${String(Math.round((bytes / Number(size)) * 100) / 100)} ${String(unit)}`
}
