/** The recorded data, by scenario and mode. */
import { readdirSync, readFileSync } from 'node:fs'
import type { Expectation } from './expectation.ts'

const folder = new URL('../kernel-traces/', import.meta.url)

export interface Pair {
  /** scenario.mode, as the files are called. */
  readonly id: string
  readonly scenario: string
  readonly mode: 'bio' | 'rq'
  /** First letter of the name: a limits, b merging, c kinds of I/O, d selectors, e errors, f mptest. */
  readonly group: string
}

export const PAIRS: readonly Pair[] = readdirSync(new URL('expected/', folder))
  .map((file) => file.replace(/\.json$/, ''))
  .sort()
  .map((id) => {
    const [scenario = '', mode] = id.split('.')
    return { id, scenario, mode: mode === 'bio' ? 'bio' : 'rq', group: id.slice(0, 1) }
  })

const read = (path: string): string => readFileSync(new URL(path, folder), 'utf8')

export const traceOf = ({ id }: Pair): string => read(`traces/${id}.trace.txt`)
export const scenarioTextOf = ({ scenario }: Pair): string => read(`scenarios/${scenario}.json`)
export const expectationOf = ({ id }: Pair): Expectation =>
  JSON.parse(read(`expected/${id}.json`)) as Expectation
