/**
 * A multipath table line in its parts and back, without judging it: what a change to a lane has to find and replace. A
 * line that has not this form is left to the engine's parser, which names the word it refuses.
 */
export interface TablePath {
  readonly dev: string
  readonly args: readonly string[]
}

export interface TableGroup {
  readonly selector: string
  readonly args: readonly string[]
  readonly paths: readonly TablePath[]
}

export interface TableParts {
  /** `0 LENGTH multipath` */
  readonly head: readonly string[]
  readonly features: readonly string[]
  readonly handler: readonly string[]
  readonly initialGroup: number
  readonly groups: readonly TableGroup[]
}

/** Undefined where the words do not come out even. */
export function tableParts(line: string): TableParts | undefined {
  const words = line.trim().split(/\s+/)
  let at = 0
  const take = (count: number): string[] => words.slice(at, (at += count))
  const number = (): number => {
    const word = take(1)[0] ?? ''
    return /^\d{1,5}$/.test(word) ? Number(word) : NaN
  }
  const head = take(3)
  const features = take(number())
  const handler = take(number())
  const groupCount = number()
  const initialGroup = number()
  if (!(groupCount >= 0 && groupCount <= 1024) || Number.isNaN(initialGroup)) return undefined
  const groups: TableGroup[] = []
  for (let group = 0; group < groupCount; group++) {
    const selector = take(1)[0] ?? ''
    const args = take(number())
    const pathCount = number()
    const argCount = number()
    if (!(pathCount <= 1024 && argCount <= 16)) return undefined
    const paths = Array.from({ length: pathCount }, () => ({ dev: take(1)[0] ?? '', args: take(argCount) }))
    groups.push({ selector, args, paths })
  }
  return at === words.length ? { head, features, handler, initialGroup, groups } : undefined
}

export function tableLine({ head, features, handler, initialGroup, groups }: TableParts): string {
  const words: (string | number)[] = [...head, features.length, ...features, handler.length, ...handler]
  words.push(groups.length, initialGroup)
  for (const { selector, args, paths } of groups) {
    words.push(selector, args.length, ...args, paths.length, paths[0]?.args.length ?? 0)
    for (const path of paths) words.push(path.dev, ...path.args)
  }
  return words.join(' ')
}
