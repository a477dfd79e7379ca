/** What of the table fits what was typed, best first; what was used lately first where nothing was. */
import { fuzzy } from '../../lib/fuzzy.ts'
import type { Command } from './command-table.ts'

export interface Found {
  readonly command: Command
  /** Letters of the title that matched. */
  readonly at: readonly number[]
  readonly recent: boolean
}

/** More are not read. */
const MOST = 60
/** A match in the title counts more than one in the rest. */
const TITLE_BONUS = 2

export function findCommands(
  commands: readonly Command[],
  query: string,
  recent: readonly string[],
): readonly Found[] {
  const rank = new Map(recent.map((id, place) => [id, place]))
  const rated = commands.flatMap((command) => {
    const inTitle = fuzzy(query, command.title)
    const inAll = inTitle ?? fuzzy(query, `${command.group} ${command.title} ${command.about ?? ''}`)
    if (inAll === undefined) return []
    const place = rank.get(command.id)
    const score = inAll.score + (inTitle === undefined ? 0 : TITLE_BONUS) + (place === undefined ? 0 : 1)
    const found: Found = { command, at: inTitle?.at ?? [], recent: place !== undefined }
    return [{ found, score, place: place ?? Infinity }]
  })
  const sorted =
    query.trim() === ''
      ? rated.toSorted((a, b) => compare(a.place, b.place))
      : rated.toSorted((a, b) => b.score - a.score)
  return sorted.slice(0, MOST).map(({ found }) => found)
}

function compare(a: number, b: number): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

const MOST_RECENT = 6

/** The list with that one in front. */
export function used(recent: readonly string[], id: string): readonly string[] {
  return [id, ...recent.filter((other) => other !== id)].slice(0, MOST_RECENT)
}

/** What a kept text says, as far as it makes sense. */
export function keptRecent(text: string | undefined): readonly string[] {
  try {
    const value: unknown = JSON.parse(text ?? '')
    if (!Array.isArray(value)) return []
    return value.filter((id): id is string => typeof id === 'string').slice(0, MOST_RECENT)
  } catch {
    return []
  }
}
