/**
 * Reads a trace, real or simulated, down to what is compared: data events of known devices, and the stated final state.
 * The rule is that of tests/kernel-traces: time, CPU, task, flags, priority and byte counts do not count.
 */
export interface TraceEvent {
  readonly name: string
  /** major:minor */
  readonly dev: string
  readonly rwbs: string
  readonly sector: string
  /** Sectors; undefined for a split. */
  readonly size: string | undefined
  /** Where the remainder of a split begins. */
  readonly splitAt: string | undefined
  readonly from:
    { readonly dev: string; readonly sector: string; readonly bios: string | undefined } | undefined
  readonly error: string | undefined
}

export interface FinalState {
  readonly status: string | undefined
  readonly table: string | undefined
  readonly ok: number | undefined
  readonly failed: number | undefined
  readonly failedIos: readonly string[]
}

export interface Trace {
  readonly events: readonly TraceEvent[]
  /** Lines that name a block event and cannot be read. */
  readonly unreadable: readonly string[]
  readonly state: FinalState
}

const NOT_COMPARED = new Set([
  'block_plug',
  'block_unplug',
  'block_io_start',
  'block_io_done',
  'block_touch_buffer',
  'block_dirty_buffer',
])
const CARRIES_ERROR = new Set([
  'block_rq_complete',
  'block_bio_complete',
  'block_rq_requeue',
  'block_rq_error',
])

const LINE = /(?:^|\s)\d+(?:\.\d+)?: (?<name>block_\w+): ?(?<rest>.*)$/
const HEAD = /^(?<major>\d+),(?<minor>\d+) (?<rwbs>\S+) (?<rest>.*)$/
const SPLIT = /^(?<sector>\d+) \/ (?<splitAt>\d+)/
const EXTENT = /^(?:\d+ (?=\())?(?:\([^)]*\) )?(?<sector>\d+) \+ (?<size>\d+)(?<rest>.*)$/
const FROM = /<- \((?<major>\d+),(?<minor>\d+)\) (?<sector>\d+)(?: (?<bios>\d+))?/
const ERROR = /\[(?<error>-?\d+)\]\s*$/

export function readTrace(text: string): Trace {
  const events: TraceEvent[] = []
  const unreadable: string[] = []
  const comments: string[] = []
  for (const line of text.split('\n')) {
    if (line.startsWith('#')) {
      comments.push(line)
      continue
    }
    const found = LINE.exec(line)?.groups
    const name = found?.['name']
    if (found === undefined || name === undefined || NOT_COMPARED.has(name)) continue
    const event = readEvent(name, found['rest'] ?? '')
    if (event === undefined) unreadable.push(line.trim())
    else events.push(event)
  }
  return { events, unreadable, state: readState(comments) }
}

function readEvent(name: string, text: string): TraceEvent | undefined {
  const head = HEAD.exec(text)?.groups
  if (head === undefined) return undefined
  const rest = head['rest'] ?? ''
  const place = (name === 'block_split' ? SPLIT : EXTENT).exec(rest)?.groups
  if (place === undefined) return undefined
  const from = FROM.exec(rest)?.groups
  return {
    name,
    dev: `${head['major'] ?? ''}:${head['minor'] ?? ''}`,
    rwbs: head['rwbs'] ?? '',
    sector: place['sector'] ?? '',
    size: place['size'],
    splitAt: place['splitAt'],
    from: from && {
      dev: `${from['major'] ?? ''}:${from['minor'] ?? ''}`,
      sector: from['sector'] ?? '',
      bios: from['bios'],
    },
    error: CARRIES_ERROR.has(name) ? ERROR.exec(rest)?.groups?.['error'] : undefined,
  }
}

function readState(comments: readonly string[]): FinalState {
  const failedIos: string[] = []
  let status: string | undefined
  let table: string | undefined
  let ok: number | undefined
  let failed: number | undefined
  for (const line of comments) {
    status = oneSpace(/^# status:? (\d.*\S)/.exec(line)?.[1]) ?? status
    table = oneSpace(/^# table:? (\d.*\S)/.exec(line)?.[1]) ?? table
    const app = /^# app:? ok=(\d+) failed=(\d+)/.exec(line)
    if (app !== null) [ok, failed] = [Number(app[1]), Number(app[2])]
    const io = /^# failed:? (\S+ \d+ \d+ -\d+)/.exec(line)?.[1]
    if (io !== undefined) failedIos.push(io)
  }
  return { status, table, ok, failed, failedIos }
}

export function oneSpace(text: string | undefined): string | undefined {
  return text?.trim().replace(/\s+/g, ' ')
}

/** All of an event that is compared, as one text; `dev` may stand for any path. */
export function spell(event: TraceEvent, dev: string = event.dev, withOrigin = true): string {
  const { name, rwbs, sector, size, splitAt, from, error } = event
  const place = splitAt === undefined ? `${sector} + ${size ?? ''}` : `${sector} / ${splitAt}`
  const origin = from === undefined ? '' : ` <- ${from.dev} ${from.sector}`
  const bios = from?.bios === undefined ? '' : ` bios ${from.bios}`
  return `${name} ${dev} ${rwbs} ${place}${withOrigin ? origin + bios : ''}${error === undefined ? '' : ` [${error}]`}`
}
