/** Finds a way round in a graph of names; one example per strongly connected part is enough to act on. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>

export function findCycles(graph: Graph): string[][] {
  const done = new Set<string>()
  const path: string[] = []
  const cycles: string[][] = []
  const walk = (node: string): void => {
    const start = path.indexOf(node)
    if (start >= 0) {
      cycles.push([...path.slice(start), node])
      return
    }
    if (done.has(node)) return
    path.push(node)
    for (const next of [...(graph.get(node) ?? [])].sort()) walk(next)
    path.pop()
    done.add(node)
  }
  for (const node of [...graph.keys()].sort()) walk(node)
  return cycles
}

/** Builds a graph from pairs, leaving out what points to itself. */
export function graphOf(pairs: Iterable<readonly [string, string]>): Graph {
  const graph = new Map<string, Set<string>>()
  for (const [from, to] of pairs) {
    if (from === to) continue
    const targets = graph.get(from) ?? new Set<string>()
    graph.set(from, targets.add(to))
  }
  return graph
}

export function reachable(graph: Graph, from: Iterable<string>): Set<string> {
  const seen = new Set(from)
  for (const node of seen) for (const next of graph.get(node) ?? []) seen.add(next)
  return seen
}
