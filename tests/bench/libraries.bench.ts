/**
 * The same job in public simulation libraries: 100,000 sequential writes in batches of 32, and a closed loop whose paths
 * fail and come back. Counted in I/Os, because an event is another thing in each: the note says how many events of its
 * own each had. What the libraries leave out is in queueing.ts; ours records every event while it runs.
 */
import { createRun, type Scenario } from '../../src/engine/index.ts'
import type { EventChunk, QueueMode } from '../../src/engine/log/index.ts'
import { cpuMsOf, type Row } from '../../src/cli/measure.ts'
import { BIOS, drive, failover, FAILOVER_IOS, sequential, TIMER } from './engine.bench.ts'
import type { Network, NetworkRun } from './queueing.ts'
import { runSimJs } from './queueing-simjs.ts'
import { runSimScript } from './queueing-simscript.ts'

export const name = 'libraries'

const SEQUENTIAL: Network = { ios: BIOS, depth: 32, batch: 32, serviceNs: TIMER.ns, tags: 64, togglesNs: 0 }
const FAILOVER: Network = { ...SEQUENTIAL, ios: FAILOVER_IOS, batch: 1, togglesNs: 1_000_000 }

async function ours(what: string, ios: number, scenario: Scenario, mode: QueueMode): Promise<Row> {
  let events = 0
  const kept: EventChunk[] = []
  const run = createRun({ scenario, mode })
  const cpuMs = await cpuMsOf(() => {
    events = drive(run, (chunks) => kept.push(...chunks))
  })
  return row(`${what}, ours, ${mode}`, ios, events, cpuMs, 'all of the block layer, recorded')
}

async function theirs(
  what: string,
  library: string,
  network: Network,
  work: (network: Network) => NetworkRun | Promise<NetworkRun>,
): Promise<Row> {
  let ran: NetworkRun = { done: 0, events: 0 }
  const cpuMs = await cpuMsOf(async () => {
    ran = await work(network)
  })
  if (ran.done !== network.ios) throw new Error(`${library} ended ${ran.done} of ${network.ios} I/Os`)
  return row(
    `${what}, ${library}`,
    ran.done,
    ran.events,
    cpuMs,
    'source, tags, delay, completion; nothing recorded',
  )
}

function row(what: string, count: number, events: number, cpuMs: number, models: string): Row {
  const perSecond = Math.round((events / cpuMs) * 1000).toLocaleString('en')
  const note = `${perSecond} events a CPU second, ${(events / count).toFixed(1)} an I/O: ${models}`
  return { what, count, unit: 'I/Os', cpuMs, note }
}

export async function run(): Promise<Row[]> {
  const rows: Row[] = []
  for (const [what, network, scenario] of [
    ['sequential writes', SEQUENTIAL, () => sequential('batch', TIMER)],
    ['failover', FAILOVER, failover],
  ] as const) {
    for (const mode of ['bio', 'rq'] as const) rows.push(await ours(what, network.ios, scenario(), mode))
    rows.push(await theirs(what, 'simjs 2.0.3', network, runSimJs))
    rows.push(await theirs(what, 'simscript 1.0.37', network, runSimScript))
  }
  return rows
}
