/**
 * What a path was given in the table line for its selector: relative throughput, the CPUs of io-affinity. Read from the
 * live table's text, which is known once a run has ended.
 */
import type { RunHeader, RunResult } from '../engine/log/index.ts'

/** Words after `major:minor` in `... service-time 0 2 2 8:0 1 4 8:16 1 1`; empty where the table is not known yet. */
export function selectorArgs(header: RunHeader, result: RunResult | undefined, dev: number): string[] {
  const device = header.devices[dev]
  if (result === undefined || device === undefined) return []
  const words = result.table.split(' ')
  const at = words.indexOf(`${device.major}:${device.minor}`)
  if (at < 0) return []
  const next = words.findIndex((word, i) => i > at && /^(\d+:\d+|[a-z].*)$/.test(word))
  return words.slice(at + 1, next < 0 ? undefined : next)
}

/** `CPU 0, 2` of a hexadecimal mask as the kernel prints it (32 bits between commas). */
export function cpusOfMask(mask: string): string {
  const bits = Array.from(mask.replaceAll(',', ''))
    .reverse()
    .flatMap((digit, i) => {
      const value = Number.parseInt(digit, 16)
      return [0, 1, 2, 3].filter((bit) => (value >> bit) & 1).map((bit) => 4 * i + bit)
    })
  return bits.length === 0 ? 'no CPU' : `CPU ${bits.join(', ')}`
}
