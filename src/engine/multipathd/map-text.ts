/** What multipathd reads and writes of a map: the words of `dmsetup status` and of a table line. */

export interface StatusPath {
  /** `major:minor` */
  readonly dev: string
  /** Active for the kernel. */
  readonly active: boolean
  /** From 1. */
  readonly group: number
}

export interface MapStatus {
  /** The group that the kernel uses or will use next. */
  readonly nextGroup: number
  /** Bypassed groups. */
  readonly disabled: ReadonlySet<number>
  readonly paths: readonly StatusPath[]
}

/** Reads words one after another, with counts in front of lists. */
class Words {
  private readonly words: readonly string[]
  private at: number

  constructor(line: string, at: number) {
    this.words = line.trim().split(/\s+/)
    this.at = at
  }

  next(): string {
    return this.words[this.at++] ?? ''
  }

  number(): number {
    return Number(this.next())
  }

  take(count: number): string[] {
    return Array.from({ length: count }, () => this.next())
  }

  counted(): string[] {
    return this.take(this.number())
  }
}

/** `0 LEN multipath #status... #handler... #groups next {state #args... #paths #args {dev state fails args...}}` */
export function readStatus(line: string): MapStatus {
  const words = new Words(line, 3)
  words.counted()
  words.counted()
  const groups = words.number()
  const nextGroup = words.number()
  const disabled = new Set<number>()
  const paths: StatusPath[] = []
  for (let group = 1; group <= groups; group++) {
    if (words.next() === 'D') disabled.add(group)
    words.counted()
    const count = words.number()
    const args = words.number()
    for (let i = 0; i < count; i++) {
      const [dev = '', state] = words.take(3 + args)
      paths.push({ dev, active: state === 'A', group })
    }
  }
  return { nextGroup, disabled, paths }
}

export interface TableText {
  /** Everything before the number of groups. */
  readonly head: readonly string[]
  readonly groups: readonly GroupText[]
}

export interface GroupText {
  /** Selector, number of its arguments, arguments. */
  readonly selector: readonly string[]
  /** Number of arguments of each path. */
  readonly args: number
  /** Device and arguments. */
  readonly paths: readonly (readonly string[])[]
}

export function readTable(line: string): TableText {
  const words = new Words(line, 0)
  const head = words.take(3)
  for (let part = 0; part < 2; part++) {
    const list = words.counted()
    head.push(String(list.length), ...list)
  }
  const count = words.number()
  words.number()
  const groups = Array.from({ length: count }, (): GroupText => {
    const name = words.next()
    const selectorArgs = words.counted()
    const paths = words.number()
    const args = words.number()
    return {
      selector: [name, String(selectorArgs.length), ...selectorArgs],
      args,
      paths: Array.from({ length: paths }, () => words.take(1 + args)),
    }
  })
  return { head, groups }
}

export function writeTable({ head, groups }: TableText): string {
  const words = groups.flatMap(({ selector, args, paths }) => [
    ...selector,
    String(paths.length),
    String(args),
    ...paths.flat(),
  ])
  return [...head, String(groups.length), '1', ...words].join(' ')
}

/**
 * group_by_prio: one group for each priority, the highest first, all with the first group's selector. Paths keep their order,
 * and their arguments where these are meant for that selector.
 */
export function groupByPriority(table: TableText, priorityOf: (dev: string) => number): TableText {
  const first = table.groups[0]!
  const [, ...usual] = first.paths[0]!
  const paths = table.groups.flatMap(({ selector, args, paths: own }) => {
    const fits = selector[0] === first.selector[0] && args === first.args
    return own.map(([dev = '', ...rest]) => [dev, ...(fits ? rest : usual)])
  })
  const priorities = [...new Set(paths.map(([dev = '']) => priorityOf(dev)))].sort((a, b) => b - a)
  const groups = priorities.map((priority) => ({
    ...first,
    paths: paths.filter(([dev = '']) => priorityOf(dev) === priority),
  }))
  return { head: table.head, groups }
}
