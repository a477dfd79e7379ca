/** A span of time in few words, rounded to two digits: `20 ms`, `1.5 s`, `340 ns`. */
export function roughDuration(ns: number): string {
  const units: readonly (readonly [number, string])[] = [
    [1e9, 's'],
    [1e6, 'ms'],
    [1e3, 'µs'],
  ]
  const rounded = Number(ns.toPrecision(2))
  const [size, name] = units.find(([size]) => rounded >= size) ?? [1, 'ns']
  return `${String(Number((rounded / size).toPrecision(2)))} ${name}`
}
