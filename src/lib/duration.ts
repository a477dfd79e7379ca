const UNITS: readonly (readonly [sizeNs: number, name: string])[] = [
  [1e9, 's'],
  [1e6, 'ms'],
  [1e3, 'µs'],
]

/** A span of time in few words, rounded to so many digits: `84.2 µs`, `20 ms`, `1.5 s`, `340 ns`. */
export function durationText(ns: number, digits = 3): string {
  const rounded = Number(ns.toPrecision(digits))
  const [size, name] = UNITS.find(([size]) => rounded >= size) ?? [1, 'ns']
  return `${String(Number((rounded / size).toPrecision(digits)))} ${name}`
}
