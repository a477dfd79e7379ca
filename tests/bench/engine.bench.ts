/**
 * Events a CPU second of the engine, recording included (every chunk is taken and kept), and the memory of the engine
 * itself over the length of a run (chunks thrown away). The target is a million events a second.
 */
import { createRun, type Run, type Scenario } from '../../src/engine/index.ts'
import type { EventChunk, QueueMode } from '../../src/engine/log/index.ts'
import { problemSentence, resolveScenario } from '../../src/scenario/index.ts'
import { cpuMsOf, type Row } from '../../src/cli/measure.ts'

export const name = 'engine'

const TARGET_PER_SECOND = 1_000_000
export const BIOS = 100_000
export const FAILOVER_IOS = 50_000
const BLOCK = 4096
const DEVICE_SECTORS = 16_777_216
const SLICE = 50_000
const MODES: readonly QueueMode[] = ['bio', 'rq']

type Completion = { readonly kind: 'immediate' } | { readonly kind: 'timer'; readonly ns: number }
const IMMEDIATE: Completion = { kind: 'immediate' }
export const TIMER = { kind: 'timer', ns: 20_000 } as const

function scenarioOf(
  completion: Completion,
  features: string,
  tasks: readonly unknown[],
  setup: readonly unknown[] = [],
): Scenario {
  const resolved = resolveScenario({
    scenario: 'bench',
    cpus: 2,
    devices: [0, 1].map((at) => ({
      name: `sd${'ab'[at]!}`,
      dev: `8:${at * 16}`,
      driver: 'scsi_debug',
      sectors: DEVICE_SECTORS,
      queue_depth: 64,
      host_tags: 64,
      completion,
    })),
    dm: {
      name: 'mp',
      dev: '253:0',
      sectors: DEVICE_SECTORS,
      table: `0 ${DEVICE_SECTORS} multipath ${features} 0 1 1 round-robin 0 2 1 8:0 1 8:16 1`,
    },
    setup,
    tasks,
  })
  if (!resolved.ok) throw new Error(resolved.problems.map((one) => problemSentence(one)).join('\n'))
  return { ...resolved.scenario, shell_step_ns: 0 }
}

/** Sequential writes: io_submit of 32 with a wait behind each, or one by one. */
export function sequential(io: 'batch' | 'each', completion: Completion, bios: number = BIOS): Scenario {
  const per = io === 'batch' ? 32 : 1000
  const steps: unknown[] = []
  for (let at = 0; at < bios; at += per) {
    const count = Math.min(per, bios - at)
    const offset = (at * BLOCK) % (DEVICE_SECTORS * 256)
    steps.push({ io, op: 'W', offset, length: BLOCK, count, stride: BLOCK }, { io: 'wait' })
  }
  return scenarioOf(completion, '2 queue_mode {mode}', [{ name: 'main', cpu: 0, do: steps }])
}

/** A closed loop whose paths fail and come back every two milliseconds. */
export function failover(): Scenario {
  const admin = Array.from({ length: 200 }, (_, n) => [
    { sleep_ns: 1_000_000 },
    { message: `fail_path 8:${(n % 2) * 16}` },
    { sleep_ns: 1_000_000 },
    { message: `reinstate_path 8:${(n % 2) * 16}` },
  ]).flat()
  const loop = {
    io: 'loop',
    op: 'M',
    length: BLOCK,
    count: FAILOVER_IOS,
    depth: 32,
    seed: 1,
    span: 1_073_741_824,
  }
  return scenarioOf(TIMER, '3 queue_if_no_path queue_mode {mode}', [
    { name: 'main', cpu: 0, do: [{ start: 'admin' }, loop] },
    { name: 'admin', cpu: 1, do: admin },
  ])
}

/** To the end; what becomes of the chunks is up to `sink`. */
export function drive(run: Run, sink: (chunks: EventChunk[]) => void): number {
  let state = 'running'
  while (state === 'running') {
    state = run.advance(SLICE)
    sink(run.takeChunks())
  }
  const { events, stuck } = run.result()
  if (stuck > 0) throw new Error(`${stuck} I/Os never ended`)
  return events
}

async function speed(what: string, scenario: Scenario, mode: QueueMode): Promise<Row> {
  let events = 0
  const kept: EventChunk[] = []
  const run = createRun({ scenario, mode })
  const cpuMs = await cpuMsOf(() => {
    events = drive(run, (chunks) => kept.push(...chunks))
  })
  const share = ((events / cpuMs) * 1000) / TARGET_PER_SECOND
  return {
    what: `${what}, ${mode}`,
    count: events,
    unit: 'events',
    cpuMs,
    note: `${(share * 100).toFixed(0)} % of the target`,
  }
}

/** What the heap of this process holds early and late in a run whose chunks nobody keeps. */
async function memory(bios: number, mode: QueueMode): Promise<Row> {
  const most = 100_000 // a loop takes no more
  const loops = Array.from({ length: Math.ceil(bios / most) }, (_, at) => {
    const count = Math.min(most, bios - at * most)
    return { io: 'loop', op: 'W', length: BLOCK, count, depth: 32, seed: at, span: 1_073_741_824 }
  })
  const scenario = scenarioOf(TIMER, '2 queue_mode {mode}', [{ name: 'main', cpu: 0, do: loops }])
  const run = createRun({ scenario, mode })
  const heapBytes: number[] = []
  let events = 0
  const cpuMs = await cpuMsOf(() => {
    events = drive(run, () => heapBytes.push(process.memoryUsage().heapUsed))
  })
  // the heap saws up and down between collections; the low marks are what is really held
  const quarter = Math.max(1, Math.floor(heapBytes.length / 4))
  const lowMiB = (part: readonly number[]): string => (Math.min(...part) / 1_048_576).toFixed(1)
  const note = `heap, low marks: ${lowMiB(heapBytes.slice(0, quarter))} MiB in the first quarter of the run, ${lowMiB(heapBytes.slice(-quarter))} MiB in the last`
  return {
    what: `memory, ${bios.toLocaleString('en')} bios, ${mode}`,
    count: events,
    unit: 'events',
    cpuMs,
    note,
  }
}

export async function run(): Promise<Row[]> {
  const rows: Row[] = []
  drive(createRun({ scenario: sequential('batch', IMMEDIATE, 20_000), mode: 'rq' }), () => undefined) // warms the code up
  for (const mode of MODES) {
    for (const io of ['batch', 'each'] as const)
      for (const [word, completion] of [
        ['immediate', IMMEDIATE],
        ['timer', TIMER],
      ] as const)
        rows.push(await speed(`sequential writes, ${io}, ${word}`, sequential(io, completion), mode))
    rows.push(await speed('failover', failover(), mode))
  }
  for (const mode of MODES) for (const bios of [100_000, 1_000_000]) rows.push(await memory(bios, mode))
  return rows
}
