/**
 * `npm run --silent sim -- SCENARIO.json --mode MODE`: simulates one scenario, prints its trace.
 *
 * The text leaves as it is made, chunk by chunk. Exit codes: 0 simulated, 2 the input is wrong (one sentence on stderr that
 * names file, place and remedy). A broken invariant of the engine is a bug and shows as one.
 */
import { readFileSync } from 'node:fs'
import {
  createRun,
  isMeantFor,
  KERNEL_REMEDY,
  kernelHas,
  KERNELS,
  ScenarioError,
  type Run,
  type Scenario,
} from '../engine/index.ts'
import type { QueueMode } from '../engine/log/index.ts'
import { createWriter, type Format } from '../export/index.ts'
import { problemSentence, readScenario, type Defaulted } from '../scenario/index.ts'
import { HELP, readArguments, type SimRequest } from './arguments.ts'

/** Where text goes; resolves when more may come. */
export interface Output {
  readonly out: (text: string) => Promise<void>
  readonly err: (text: string) => Promise<void>
}

const EVENTS_PER_SLICE = 50_000

export async function main(words: readonly string[], output: Output = standardOutput()): Promise<number> {
  const read = readArguments(words)
  if (read.kind === 'help') {
    await output.out(HELP)
    return 0
  }
  const sentence = read.kind === 'wrong' ? read.sentence : await simulate(read.request, output)
  if (sentence === undefined) return 0
  await output.err(`${sentence}\n`)
  return 2
}

/** Undefined when all went well, else the sentence. */
async function simulate(request: SimRequest, output: Output): Promise<string | undefined> {
  let text: string
  try {
    text = readFileSync(request.path, 'utf8')
  } catch (error) {
    return `${request.path}: the file cannot be read (${reasonOf(error)}); name a scenario file`
  }
  if (request.kernel !== undefined && !KERNELS.has(request.kernel))
    return `--kernel "${request.kernel}" is not modelled; ${KERNEL_REMEDY}`
  const resolved = readScenario(text, request.kernel)
  if (!resolved.ok) return problemSentence(resolved.problems[0]!, request.path)
  if (request.defaults) {
    await output.out(resolved.defaulted.map(defaultedLine).join(''))
    return undefined
  }
  const chosen = choose(resolved.scenario, request)
  if (typeof chosen === 'string') return chosen
  try {
    await write(createRun(chosen), request.format, output)
  } catch (error) {
    if (error instanceof ScenarioError) return `${request.path}: ${error.message}`
    throw error
  }
  return undefined
}

function defaultedLine({ path, value, source }: Defaulted): string {
  return `${path} = ${JSON.stringify(value)}  (${source})\n`
}

interface Chosen {
  readonly scenario: Scenario
  readonly mode: QueueMode
  readonly kernel: string
}

/** The scenario as the options want it, or the sentence why not. */
function choose(scenario: Scenario, { path, mode, kernel, seed }: SimRequest): Chosen | string {
  const [first, ...others] = scenario.modes
  if (mode === undefined && others.length > 0)
    return `${path} has the modes ${scenario.modes.join(' and ')}; choose one with --mode`
  const wanted = mode ?? first ?? 'rq'
  // a mode that the kernel has not is refused by the engine, which names the kernels that have it
  const profile = KERNELS.get(scenario.kernel)
  if (profile && kernelHas(profile, wanted) && !isMeantFor(scenario, wanted))
    return `${path}: modes: the scenario is not meant for mode ${wanted}; write --mode ${scenario.modes.join(' or ')}`
  return {
    scenario: seed === undefined ? scenario : { ...scenario, seed },
    mode: wanted,
    kernel: kernel ?? scenario.kernel,
  }
}

async function write(run: Run, format: Format, { out }: Output): Promise<void> {
  const writer = createWriter(format, { header: run.header, tables: run.tables })
  let pending = writer.head()
  for (let state = 'running'; state === 'running';) {
    state = run.advance(EVENTS_PER_SLICE)
    for (const chunk of run.takeChunks()) {
      await out(pending + writer.chunk(chunk))
      pending = ''
    }
  }
  await out(pending + writer.tail(run.result()))
}

function reasonOf(error: unknown): string {
  const code = (error as { readonly code?: unknown }).code
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EISDIR') return 'it is a folder'
  return typeof code === 'string' ? code : String(error)
}

/** Waits for a slow reader, and ends quietly when the reader has gone (`| head`). */
function standardOutput(): Output {
  const to = (stream: NodeJS.WriteStream) => (text: string) =>
    new Promise<void>((done, failed) => {
      stream.write(text, (error) => {
        if (error instanceof Error) failed(error)
        else done()
      })
    })
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  return { out: to(process.stdout), err: to(process.stderr) }
}
