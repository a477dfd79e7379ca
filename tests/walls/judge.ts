/** Holds every import against the table; each complaint is one sentence with the place and the remedy. */
import { doors, rooms, type Room } from './table.ts'
import { isTest, type Edge, type Source } from './sources.ts'

export function roomOf(path: string): string {
  return path.split('/')[0] ?? path
}

export function brokenWalls(sources: readonly Source[], exists: (path: string) => boolean): string[] {
  const complaints: string[] = []
  for (const source of sources) {
    const name = roomOf(source.path)
    const room = rooms[name]
    if (room === undefined) {
      complaints.push(
        `src/${source.path}: the room "${name}" is not in tests/walls/table.ts; add it with a reason.`,
      )
      continue
    }
    for (const edge of source.edges) {
      const place = `src/${source.path}:${edge.line}`
      const complaint = spelling(edge, exists) ?? (isTest(source.path) ? undefined : wall(name, room, edge))
      if (complaint !== undefined) complaints.push(`${place}: ${complaint}`)
    }
  }
  return complaints
}

/** One way to write an import, so that Node, Vite and the compiler read it alike. */
function spelling(edge: Edge, exists: (path: string) => boolean): string | undefined {
  if (edge.target === undefined || exists(edge.target)) return undefined
  return `"${edge.specifier}" names no file; write the relative path with its extension, as in "./clock.ts".`
}

function wall(name: string, room: Room, edge: Edge): string | undefined {
  if (edge.target === undefined) {
    if (room.packages.some((allowed) => covers(allowed, edge.specifier))) return undefined
    return `${name} may not import the package "${edge.specifier}": ${room.because}.`
  }
  if (edge.target.startsWith('../')) {
    if (!/\.(ts|tsx|js|mjs)$/.test(edge.target)) return undefined
    return `"${edge.specifier}" is code outside src; what the product needs lives in a room of src.`
  }
  const to = roomOf(edge.target)
  if (to === name) return undefined
  if (to === 'engine') return intoTheEngine(name, room, edge)
  if (room.may.includes(to) || room.may.includes(doors[edge.target] ?? '')) return undefined
  if (room.may.includes(`types of ${to}`)) {
    if (edge.typeOnly) return undefined
    return `${name} may import only types of ${to}: write "import type".`
  }
  return `${name} may not import ${to} ("${edge.specifier}"): ${room.because}.`
}

function intoTheEngine(name: string, room: Room, edge: Edge): string | undefined {
  const door = doors[edge.target ?? '']
  const mayAny = room.may.includes('engine')
  const mayLog = mayAny || room.may.includes('engine/log')
  if (door === 'engine/log' && mayLog) return undefined
  if (door === 'engine' && mayAny) return undefined
  if (!mayLog) return `${name} may not import the engine ("${edge.specifier}"): ${room.because}.`
  const open = mayAny ? 'engine/index.ts or engine/log/index.ts' : 'engine/log/index.ts'
  return `"${edge.specifier}" is not a door that ${name} may use; import from ${open}.`
}

function covers(allowed: string, specifier: string): boolean {
  return allowed.endsWith('*') ? specifier.startsWith(allowed.slice(0, -1)) : specifier === allowed
}
