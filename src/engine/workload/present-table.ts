/**
 * A `load` step holds a table line, or says in words that the same table is meant over the disks that a rescan has
 * found (as the traces' f2 does): nobody can write down numbers that the kernel has not given out yet.
 */
export function isTableLine(load: string): boolean {
  return /^\s*\d/.test(load)
}

/** True for the words. */
export function meansPresentTable(load: string): boolean {
  return /^\s*the same table\b.*\brescan/i.test(load)
}

/** Every `major:minor` of a line. */
export function devicesIn(line: string): readonly string[] {
  return line.match(/\b\d+:\d+\b/g) ?? []
}
