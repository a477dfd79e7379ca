/** A multipath table as the laws see it: read from the words of a table line, moved on by events. */
import type { RunHeader } from '../../src/engine/log/index.ts'

export interface PathModel {
  readonly dev: number
  readonly group: number
  active: boolean
  failCount: number
}

export interface GroupModel {
  readonly number: number
  readonly selector: string
  readonly paths: readonly PathModel[]
  bypassed: boolean
}

export interface TableModel {
  readonly queueIfNoPath: boolean
  readonly groups: readonly GroupModel[]
  readonly paths: ReadonlyMap<number, PathModel>
  /** Group that a message or the table wants next; 0 when there is none. */
  next: number
  /** Group in use; 0 before the first I/O and while there is no path. */
  current: number
}

export function validPaths(table: TableModel): number {
  let valid = 0
  for (const path of table.paths.values()) if (path.active) valid++
  return valid
}

/** Index of a device in the log by its `major:minor`. */
export function devIndex(header: RunHeader, dev: string): number {
  return header.devices.findIndex(({ major, minor }) => dev === `${major}:${minor}`)
}

/** Reads `0 N multipath #features ... #handler ... #groups first {selector #args args #paths #pathargs {dev args}}`. */
export function readTable(line: string, header: RunHeader): TableModel {
  const words = line.trim().split(/\s+/)
  let at = 3
  const number = (): number => Number(words[at++])
  const skip = (): string[] => {
    const count = number()
    return words.slice(at, (at += count))
  }
  const features = skip()
  skip()
  const groupCount = number()
  const next = number()
  const groups: GroupModel[] = []
  for (let group = 1; group <= groupCount; group++) {
    const selector = words[at++] ?? ''
    skip()
    const [count, args] = [number(), number()]
    const paths: PathModel[] = []
    for (let path = 0; path < count; path++) {
      paths.push({ dev: devIndex(header, words[at] ?? ''), group, active: true, failCount: 0 })
      at += 1 + args
    }
    groups.push({ number: group, selector, paths, bypassed: false })
  }
  const paths = new Map(groups.flatMap((group) => group.paths.map((path) => [path.dev, path] as const)))
  return { queueIfNoPath: features.includes('queue_if_no_path'), groups, paths, next, current: 0 }
}

export interface ShownPath {
  readonly dev: number
  readonly letter: string
  readonly failCount: number
  readonly info: readonly string[]
}

/** Reads a status line (`dmsetup status`): what it says of each path, group by group. */
export function readStatus(line: string, header: RunHeader): ShownPath[][] {
  const words = line.trim().split(/\s+/)
  let at = 7
  const number = (): number => Number(words[at++])
  const groupCount = number()
  at++
  return Array.from({ length: groupCount }, () => {
    at++ // the letter of the group
    const status = number()
    at += status
    const [count, args] = [number(), number()]
    return Array.from({ length: count }, (): ShownPath => {
      const [dev = '', letter = '', failCount, ...info] = words.slice(at, (at += 3 + args))
      return { dev: devIndex(header, dev), letter, failCount: Number(failCount), info }
    })
  })
}
