/** Completes what is over and under the map: names and numbers as the kernel and LVM give them, sizes from the disks. */
import type { Scenario, ScenarioDevice, ScenarioDm, StackDevice } from '../../engine/index.ts'
import type { JsonPath } from '../../lib/json-text.ts'
import type { FileStackDevice } from '../form.ts'
import type { Filler } from './filler.ts'

/** Where partitioning tools begin: 1 MiB. */
const FIRST_SECTOR = 2048

type Linear = Extract<FileStackDevice, { readonly table: unknown }>
type Partition = Extract<FileStackDevice, { readonly partition_of: unknown }>

export function fillStack(
  filler: Filler,
  given: readonly FileStackDevice[],
  devices: readonly ScenarioDevice[],
  dm: ScenarioDm,
): StackDevice[] {
  const names = new Set([...devices, ...given].map((entry) => entry.name).concat(dm.name))
  const devs = new Set([...devices, ...given].map((entry) => entry.dev).concat(dm.dev))
  const free = (taken: Set<string | undefined>, word: (n: number) => string, from: number): string => {
    let n = from
    while (taken.has(word(n))) n++
    taken.add(word(n))
    return word(n)
  }
  const linear = (entry: Linear, path: JsonPath): StackDevice => ({
    name: filler.value(
      [...path, 'name'],
      entry.name,
      'the form',
      entry.name ?? free(names, (n) => `lv${n}`, 0),
    ),
    dev: filler.value([...path, 'dev'], entry.dev, 'the form', entry.dev ?? free(devs, (n) => `253:${n}`, 0)),
    table: typeof entry.table === 'string' ? entry.table.split('\n') : entry.table,
  })
  const partition = (entry: Partition, path: JsonPath): StackDevice => {
    const disk = devices.find((device) => device.name === entry.partition_of)
    const take = <T>(name: string, value: T | undefined, byDefault: T): T =>
      filler.value([...path, name], value, 'the partition table', byDefault)
    const letter = /\d$/.test(entry.partition_of) ? 'p' : ''
    const start = take('start_sector', entry.start_sector, FIRST_SECTOR)
    return {
      name: take(
        'name',
        entry.name,
        entry.name ?? free(names, (n) => `${entry.partition_of}${letter}${n}`, 1),
      ),
      dev: take('dev', entry.dev, entry.dev ?? free(devs, (n) => `259:${n}`, 0)),
      partition_of: entry.partition_of,
      start_sector: start,
      sectors: take('sectors', entry.sectors, Math.max(1, (disk?.sectors ?? 0) - start)),
    }
  }
  return given.map((entry, index) => {
    const path = ['stack', index]
    return 'table' in entry ? linear(entry, path) : partition(entry, path)
  })
}

/** What applications use where nobody says so: what was made last over the map, else the map. */
export function topOf({ name, dev }: ScenarioDm, stack: readonly StackDevice[]): string {
  const over = new Set([dev])
  let top = name
  for (const entry of stack) {
    if (!('table' in entry) || !entry.table.some((line) => line.split(/\s+/).some((word) => over.has(word))))
      continue
    over.add(entry.dev)
    top = entry.name
  }
  return top
}

/** The fields of a scenario that has more than disks and a map; none where it has not. */
export function stackFields(
  filler: Filler,
  file: { readonly stack?: readonly FileStackDevice[]; readonly io_on?: string },
  devices: readonly ScenarioDevice[],
  dm: ScenarioDm,
): Pick<Scenario, 'stack' | 'io_on'> {
  if (file.stack === undefined) return file.io_on === undefined ? {} : { io_on: file.io_on }
  const stack = fillStack(filler, file.stack, devices, dm)
  return { stack, io_on: filler.value(['io_on'], file.io_on, 'the top of the stack', topOf(dm, stack)) }
}
