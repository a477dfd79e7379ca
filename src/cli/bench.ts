/** `npm run bench [WORD]`: runs tests/bench/*.bench.ts whose file name has the word, prints one table. No pass, no fail. */
import { readdirSync } from 'node:fs'
import { cpus } from 'node:os'
import { pathToFileURL } from 'node:url'
import type { Bench, Row } from './measure.ts'

const folder = new URL('../../tests/bench/', import.meta.url)
const word = process.argv[2] ?? ''
const files = readdirSync(folder).filter((file) => file.endsWith('.bench.ts') && file.includes(word))

if (files.length === 0) {
  console.error(`No file in tests/bench matches "${word}": benchmarks are named NAME.bench.ts.`)
  process.exit(2)
}

const lines: string[][] = [['benchmark', 'what', 'count', 'CPU ms', 'per CPU second', 'ratio', 'note']]
for (const file of files.sort()) {
  const bench: unknown = await import(pathToFileURL(new URL(file, folder).pathname).href)
  if (!isBench(bench)) throw new Error(`tests/bench/${file} must export "name" and "run"`)
  console.error(`${bench.name} ...`)
  const rows = await bench.run()
  rows.forEach((row, index) => lines.push(lineOf(index === 0 ? bench.name : '', row, rows[0] ?? row)))
}
console.log(
  `Node ${process.version}, ${cpus().length} cores; ratio: CPU per unit against the first row of each block\n`,
)
console.log(tableOf(lines))

function isBench(module: unknown): module is Bench {
  return typeof module === 'object' && module !== null && 'name' in module && 'run' in module
}

function lineOf(name: string, row: Row, first: Row): string[] {
  const cost = row.cpuMs / row.count
  const rate = Math.round((row.count / row.cpuMs) * 1000).toLocaleString('en')
  const ratio = (cost / (first.cpuMs / first.count)).toFixed(2)
  const count = `${row.count.toLocaleString('en')} ${row.unit}`
  return [name, row.what, count, row.cpuMs.toFixed(1), rate, ratio, row.note ?? '']
}

function tableOf(table: readonly (readonly string[])[]): string {
  const columns = table[0]?.map((_, at) => Math.max(...table.map((line) => line[at]?.length ?? 0))) ?? []
  return table
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd(columns[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
