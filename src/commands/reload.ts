/**
 * What a live table becomes when one thing in it is changed, as the commands of an administrator: load the new table,
 * suspend without a flush, resume. The table is the text that `dmsetup table` answers.
 */
import { KERNELS } from '../engine/index.ts'
import { usualArgs } from '../scenario/change/change.ts'
import { tableLine, tableParts, type TableGroup, type TableParts } from '../scenario/change/table-words.ts'
import type { ActStep } from './parsed.ts'

export interface LiveTable {
  /** With or without the name of its map in front. */
  readonly text: string
  readonly kernel: string
  readonly cpus: number
}

/** Undefined where the table has another form than a multipath line. */
export function reloadWithSelector(table: LiveTable, selector: string): readonly ActStep[] | undefined {
  return reload(table, ({ groups, ...rest }) => ({
    ...rest,
    groups: groups.map((group) => under(selector, group, table)),
  }))
}

/** Undefined also where it is the last path. */
export function reloadWithoutPath(table: LiveTable, dev: string): readonly ActStep[] | undefined {
  return reload(table, ({ groups, initialGroup, ...rest }) => {
    const left = groups
      .map((group) => ({ ...group, paths: group.paths.filter((path) => path.dev !== dev) }))
      .filter(({ paths }) => paths.length > 0)
    if (left.length === 0) return undefined
    return { ...rest, groups: left, initialGroup: Math.min(initialGroup, left.length) }
  })
}

/** The disk becomes a path of the first group. */
export function reloadWithPath(table: LiveTable, dev: string): readonly ActStep[] | undefined {
  return reload(table, ({ groups, ...rest }) => {
    const [first, ...others] = groups
    const args = first?.paths[0]?.args
    if (first === undefined || args === undefined) return undefined
    return { ...rest, groups: [{ ...first, paths: [...first.paths, { dev, args }] }, ...others] }
  })
}

/** Names of the selectors of the table's groups, and the devices in it; empty where it has another form. */
export function tableFacts({ text }: LiveTable): {
  readonly selectors: readonly string[]
  readonly devs: readonly string[]
} {
  const groups = tableParts(lineOf(text))?.groups ?? []
  return {
    selectors: [...new Set(groups.map(({ selector }) => selector))],
    devs: groups.flatMap(({ paths }) => paths.map(({ dev }) => dev)),
  }
}

function reload(
  { text }: LiveTable,
  change: (parts: TableParts) => TableParts | undefined,
): readonly ActStep[] | undefined {
  const parts = tableParts(lineOf(text))
  const changed = parts === undefined ? undefined : change(parts)
  if (changed === undefined) return undefined
  return [{ load: tableLine(changed) }, { suspend: { noflush: true, nolockfs: false } }, { resume: true }]
}

function under(selector: string, group: TableGroup, { kernel, cpus }: LiveTable): TableGroup {
  const profile = KERNELS.get(kernel)
  if (profile === undefined || group.selector === selector) return group
  const paths = group.paths.map(({ dev }, at) => ({ dev, args: usualArgs(selector, at, cpus, profile) }))
  return { selector, args: [], paths }
}

function lineOf(text: string): string {
  return text.trim().replace(/^[^:\s]+: /, '')
}
