/** What a benchmark hands back, and how CPU time is taken: shared cores make wall time worthless. */
export interface Row {
  readonly what: string
  /** How many of `unit` were done. */
  readonly count: number
  readonly unit: string
  readonly cpuMs: number
  readonly note?: string
}

/** A file tests/bench/NAME.bench.ts exports these two. */
export interface Bench {
  readonly name: string
  run(): Promise<readonly Row[]>
}

/** CPU milliseconds of this process, user and system, while `work` runs. */
export async function cpuMsOf(work: () => unknown): Promise<number> {
  const start = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}
