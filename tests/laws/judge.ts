/** Runs one case in one mode and holds every law against its log. */
import { createRun, KERNELS } from '../../src/engine/index.ts'
import type { EventChunk, QueueMode } from '../../src/engine/log/index.ts'
import type { Case } from './case.ts'
import type { Law, Ran } from './law.ts'
import { LAWS } from './laws.ts'
import { rowsOf } from './log-rows.ts'
import { World } from './world.ts'

export const MODES: readonly QueueMode[] = ['bio', 'rq']

/** A case that goes on for longer is broken off; what must never happen is judged all the same. */
const MOST_EVENTS = 20_000

/** Law -> what is wrong, of the first event that breaks it. */
export type Faults = ReadonlyMap<Law, string>

export function simulate(tested: Case, mode: QueueMode, costScale = 1): { ran: Ran; chunks: EventChunk[] } {
  const { scenario, actions } = tested
  const run = createRun({ scenario, mode, actions, costScale })
  const state = run.advance(MOST_EVENTS)
  const { header, tables } = run
  const chunks = run.takeChunks()
  const kernel = KERNELS.get(scenario.kernel)!
  const result = state === 'ended' ? run.result() : undefined
  return { ran: { scenario, mode, kernel, header, tables, result }, chunks }
}

export function judge(tested: Case, mode: QueueMode, laws: readonly Law[] = LAWS): Faults {
  const { ran, chunks } = simulate(tested, mode)
  return judgeLog(ran, chunks, laws)
}

export function judgeLog(ran: Ran, chunks: readonly EventChunk[], laws: readonly Law[] = LAWS): Faults {
  const world = new World(ran.header, ran.tables, ran.scenario.dm.table)
  const faults = new Map<Law, string>()
  const watches = laws.map((law) => ({ law, watch: law.watch(world, ran) }))
  const seers = watches.filter(({ watch }) => watch.see)
  for (const row of rowsOf(chunks)) {
    for (const { law, watch } of seers) {
      const fault = watch.see!(row)
      if (fault !== undefined && !faults.has(law))
        faults.set(law, `event ${row.index}, ${row.timeNs} ns: ${fault}`)
    }
    world.apply(row)
  }
  if (!ran.result) return faults
  for (const { law, watch } of watches) {
    const fault = watch.end?.(ran.result)
    if (fault !== undefined && !faults.has(law)) faults.set(law, `at the end: ${fault}`)
  }
  return faults
}
