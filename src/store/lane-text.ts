/**
 * A lane as a link writes it: `rq:6.12:1`, or with what is changed in it and the branch it is pinned to:
 * `rq:6.12:1:selector=queue-length,paths=4,path.scheduler=none,pin=2`.
 */
import { QUEUE_MODES } from '../engine/log/index.ts'
import type { LaneChanges } from '../scenario/index.ts'
import type { BranchId } from './branches.ts'
import type { LaneSetup } from './state.ts'

type Writable<T> = { -readonly [K in keyof T]: T[K] }
type Queue = Record<string, number | string>

const MAX_PARTS = 24
const KERNEL = /^[\w.-]{1,16}$/
const WORD = /^[\w.-]{1,40}$/
const DIGITS = /^\d{1,10}$/
const MAX_SEED = 2 ** 32 - 1

export function laneText({ mode, kernel, seed, changes, pin }: LaneSetup): string {
  const parts = partsOf(changes ?? {})
  if (pin !== undefined) parts.push(`pin=${pin}`)
  return [mode, kernel, seed, ...(parts.length === 0 ? [] : [parts.join(',')])].join(':')
}

function partsOf({
  paths,
  selector,
  queue_if_no_path,
  path_queue,
  dm_queue,
  queue_depth,
}: LaneChanges): string[] {
  const single = { paths, selector, queue_if_no_path: asDigit(queue_if_no_path), queue_depth }
  return [
    ...Object.entries(single).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`])),
    ...Object.entries(path_queue ?? {}).map(([name, value]) => `path.${name}=${value}`),
    ...Object.entries(dm_queue ?? {}).map(([name, value]) => `dm.${name}=${value}`),
  ]
}

function asDigit(on: boolean | undefined): number | undefined {
  return on === undefined ? undefined : Number(on)
}

/** Undefined where it is none. The worker judges whether there is such a kernel, selector or attribute. */
export function readLane(text: string): LaneSetup | undefined {
  const [mode = '', kernel = '', seed = '', changed, ...rest] = text.split(':')
  const known = QUEUE_MODES.find((one) => one === mode)
  if (rest.length > 0 || known === undefined || !KERNEL.test(kernel)) return undefined
  if (!DIGITS.test(seed) || Number(seed) > MAX_SEED) return undefined
  const plain = { mode: known, kernel, seed: Number(seed) }
  if (changed === undefined) return plain
  const read = readParts(changed.split(','))
  return read === undefined ? undefined : { ...plain, ...read }
}

function readParts(parts: readonly string[]): Pick<LaneSetup, 'changes' | 'pin'> | undefined {
  if (parts.length > MAX_PARTS) return undefined
  const changes: Writable<LaneChanges> = {}
  const queues: Record<string, Queue> = {}
  let pin: BranchId | undefined
  for (const part of parts) {
    const at = part.indexOf('=')
    const [name, value] = [part.slice(0, at), part.slice(at + 1)]
    if (at < 1 || !WORD.test(value)) return undefined
    const number = DIGITS.test(value) ? Number(value) : undefined
    const [, owner, attribute] = /^(path|dm)\.(\w{1,40})$/.exec(name) ?? []
    if (owner !== undefined && attribute !== undefined) {
      ;(queues[owner] ??= {})[attribute] = number ?? value
    } else if (name === 'selector') changes.selector = value
    else if (number === undefined) return undefined
    else if (name === 'pin') pin = number as BranchId
    else if (name === 'queue_if_no_path') changes.queue_if_no_path = number !== 0
    else if (name === 'paths' || name === 'queue_depth') changes[name] = number
    else return undefined
  }
  if (queues['path'] !== undefined) changes.path_queue = queues['path']
  if (queues['dm'] !== undefined) changes.dm_queue = queues['dm']
  return {
    ...(Object.keys(changes).length > 0 ? { changes } : {}),
    ...(pin === undefined ? {} : { pin }),
  }
}
