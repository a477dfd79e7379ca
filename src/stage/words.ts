/** Numbers as the stage says them: sizes in binary units, times in the unit that fits, counts in short. */

/** `64 KiB`, `1 MiB`, `512 B` from sectors of 512 bytes. */
export function sizeText(sizeSectors: number): string {
  const [value, unit] = inUnits(sizeSectors)
  return `${value} ${unit === '' ? 'B' : `${unit}iB`}`
}

/** `64K`, `1M`, `512` where there is little room. */
export function bytesText(sizeSectors: number): string {
  const [value, unit] = inUnits(sizeSectors)
  return `${value}${unit}`
}

function inUnits(sizeSectors: number): [string, string] {
  const bytes = sizeSectors * 512
  if (bytes < 1024) return [String(bytes), '']
  if (bytes < 2 ** 20) return [short(bytes / 1024), 'K']
  if (bytes < 2 ** 30) return [short(bytes / 2 ** 20), 'M']
  return [short(bytes / 2 ** 30), 'G']
}

/** At most one decimal, none where it would be zero. */
function short(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(value < 100 ? 1 : 0)
}

export interface TimeText {
  readonly value: string
  readonly unit: 'ns' | 'µs' | 'ms' | 's'
}

/** A moment: three decimals in the unit that fits. */
export function momentText(ns: number): TimeText {
  if (ns < 1000) return { value: ns.toFixed(0), unit: 'ns' }
  if (ns < 1e6) return { value: (ns / 1e3).toFixed(3), unit: 'µs' }
  if (ns < 1e9) return { value: (ns / 1e6).toFixed(3), unit: 'ms' }
  return { value: (ns / 1e9).toFixed(3), unit: 's' }
}

/** `1.2k`, `3.4M` above a thousand. */
export function countText(count: number): string {
  if (count < 10_000) return String(Math.round(count))
  if (count < 1e6) return `${(count / 1e3).toFixed(count < 1e5 ? 1 : 0)}k`
  return `${(count / 1e6).toFixed(1)}M`
}
