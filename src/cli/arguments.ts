/** The words after `npm run sim --`, read into a request; whatever does not fit becomes one sentence. */
import { KERNELS } from '../engine/index.ts'
import { QUEUE_MODES, type QueueMode } from '../engine/log/index.ts'
import { FORMATS, type Format } from '../export/index.ts'
import { listed, nearest } from '../lib/near-miss.ts'

export interface SimRequest {
  readonly path: string
  readonly mode: QueueMode | undefined
  readonly kernel: string | undefined
  readonly seed: number | undefined
  readonly format: Format
  /** Print what was filled in instead of simulating. */
  readonly defaults: boolean
}

export type SimArguments =
  | { readonly kind: 'run'; readonly request: SimRequest }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly sentence: string }

export const HELP: string = `Simulates one scenario and prints what the kernel would have traced.

  npm run --silent sim -- PATH/TO/SCENARIO.json --mode MODE [options]

  --mode MODE        bio or rq: queue mode of the multipath device; native: native NVMe multipath in its place;
                     single: its first path alone. May be left out where the scenario has one
  --kernel VERSION   kernel to simulate instead of the scenario's:
                     ${[...KERNELS.keys()].join(', ')}
  --format FORMAT    ${FORMATS.join(', ')} (default ftrace)
  --seed N           seed instead of the scenario's
  --defaults         print what the presets filled in, and simulate nothing
  --help             this text

The trace ends in "# status", "# table", "# app" and "# failed" lines. Exit code 2: the input is wrong, and stderr says
where and what to do.
`

const TAKING_A_VALUE = ['--mode', '--kernel', '--format', '--seed']
const OPTIONS = [...TAKING_A_VALUE, '--defaults', '--help']

export function readArguments(words: readonly string[]): SimArguments {
  const paths: string[] = []
  const values = new Map<string, string>()
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!
    if (!word.startsWith('-') || word === '-') {
      paths.push(word)
      continue
    }
    const [option = '', attached] = word === '-h' ? ['--help'] : word.split(/=(.*)/s)
    if (!OPTIONS.includes(option)) return wrong(`unknown option ${option}`, meant(option))
    if (!TAKING_A_VALUE.includes(option)) {
      values.set(option, '')
      continue
    }
    const value = attached ?? words[++index]
    if (value === undefined) return wrong(`${option} has no value`, `write ${option} and its value`)
    values.set(option, value)
  }
  return values.has('--help') ? { kind: 'help' } : request(paths, values)
}

function request(paths: readonly string[], values: ReadonlyMap<string, string>): SimArguments {
  const [path, ...more] = paths
  if (path === undefined) return wrong('no scenario is named', 'write the path of a scenario file')
  if (more.length > 0) return wrong(`"${more[0]!}" is one word too many`, 'name one scenario')
  const mode = values.get('--mode')
  const knownMode = QUEUE_MODES.find((candidate) => candidate === mode)
  if (mode !== undefined && knownMode === undefined)
    return wrong(`--mode "${mode}" is not a queue mode`, `write ${listed(QUEUE_MODES)}`)
  const format = values.get('--format') ?? 'ftrace'
  const known = FORMATS.find((candidate) => candidate === format)
  if (known === undefined) return wrong(`--format "${format}" is not a format`, `write ${listed(FORMATS)}`)
  const seed = values.get('--seed')
  if (seed !== undefined && !/^\d{1,15}$/.test(seed))
    return wrong(`--seed "${seed}" is not a number`, 'write a whole number from 0')
  return {
    kind: 'run',
    request: {
      path,
      mode: knownMode,
      kernel: values.get('--kernel'),
      seed: seed === undefined ? undefined : Number(seed),
      format: known,
      defaults: values.has('--defaults'),
    },
  }
}

function meant(option: string): string {
  const near = nearest(option, OPTIONS)
  return near === undefined ? 'see --help' : `did you mean ${near}?`
}

function wrong(what: string, remedy: string): SimArguments {
  return { kind: 'wrong', sentence: `${what}; ${remedy}` }
}
