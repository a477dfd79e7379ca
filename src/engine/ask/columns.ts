/** Text in columns, as the tools print it. */

/** Every column as wide as its widest cell; a name of a column that begins with `>` is set to the right. */
export function inColumns(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const names = head.map((name) => name.replace(/^>/, ''))
  const widths = names.map((name, at) => Math.max(name.length, ...rows.map((row) => row[at]?.length ?? 0)))
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) => (head[at]!.startsWith('>') ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!)))
      .join(' ')
      .trimEnd()
  return [line(names), ...rows.map(line)].join('\n')
}

/** `144M`, `1.5T`: lsblk's way with sizes, of bytes. */
export function sizeText(bytes: number): string {
  const units = ['B', 'K', 'M', 'G', 'T', 'P']
  let unit = 0
  let size = bytes
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024
    unit++
  }
  return `${String(Number(size.toFixed(1)))}${units[unit]!}`
}
