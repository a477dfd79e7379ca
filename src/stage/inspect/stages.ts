/**
 * Where the time of one I/O went: the spans of its thread between the letters of blktrace, in order, for every attempt
 * anew; waits under the name of what they are in. The spans lie end to end from the submission to the end of the I/O,
 * so they add up to its latency.
 *
 * Simplified: the letters are those of the devices with a driver; what device-mapper does above (cloning, its own D and
 * the choice of a path) lies in Q2G for bios and in I2D for requests.
 */
import { BlkStatus, EventKind, RequeueTo } from '../../engine/log/index.ts'
import type { IoThread } from './thread.ts'

export interface StageSpan {
  /** `Q2G` as btt calls it; of a wait, its name. */
  readonly name: string
  readonly about: string
  readonly kind: 'step' | 'wait' | 'device'
  /** 1 for the first, one more for each time that it starts again. */
  readonly attempt: number
  readonly fromIndex: number
  readonly toIndex: number
  readonly ns: number
  /** Device of the event that ends the span. */
  readonly dev: number
  readonly failed: boolean
}

type Letter = 'S' | 'Q' | 'G' | 'I' | 'D' | 'C' | 'E'

const LETTERS: Readonly<Record<string, string>> = {
  S2Q: 'the application, the system call and pinning the pages, up to submit_bio',
  Q2G: 'until it was a request, or part of one; above it cloning and, for bios, the choice of a path',
  Q2D: 'until the device had it',
  G2I: 'in the plug, until it was in the scheduler',
  G2D: 'in the plug, until the device had it',
  I2D: 'in the scheduler, until the device had it; for requests, cloning and the choice of a path, too',
  D2C: 'in the hands of the device, until it answered',
  C2E: 'completion, from the answer up to the application',
  D: 'in the hands of the device, until it had to wait',
  D2R: 'in the hands of the device, until it was given back',
  I2R: 'in the scheduler, until it was given back: no path could take it',
  G: 'in the plug, until it was refused',
  I: 'in the scheduler, until it was refused',
  Q: 'until it had to wait',
  Q2C: 'until it was completed',
  G2C: 'until it was completed without reaching the device',
  I2C: 'until it was completed without reaching the device',
}

/** A wait begins with such an event and ends with the next of the thread that moves it on. */
function waitOf(kind: number, arg: number): readonly [name: string, about: string] | undefined {
  switch (kind) {
    case EventKind.bio_queue_mpath:
      return ['queued_bios', 'waits for the retry worker, and for a usable path']
    case EventKind.bio_defer:
      return ['deferred', 'waits in md->deferred until the device is resumed']
    case EventKind.rq_dispatch_list:
      return ['hctx->dispatch', 'was refused, waits until the queue runs again']
    case EventKind.rq_requeue:
      return arg === RequeueTo.delayed
        ? ['100 ms timer', 'waits in requeue_list for the shared timer']
        : ['requeue_list', 'was put back, waits to be inserted again']
    case EventKind.head_requeue:
      return ['head requeue_list', 'waits at the head of the namespace for a usable path']
    case EventKind.flush_park:
      return ['flush machine', 'waits for a FLUSH']
    default:
      return undefined
  }
}

export function stageSpans(thread: IoThread, to: number | undefined = thread.end): StageSpan[] {
  const last = to ?? thread.family.events.at(-1)
  if (last === undefined) return []
  const spans: StageSpan[] = []
  let open = {
    letter: 'S' as Letter,
    wait: undefined as ReturnType<typeof waitOf>,
    index: thread.family.events[0]!,
  }
  let attempt = 1
  for (const event of thread.way(last)) {
    const next = marked(thread, event, open.letter, event === last)
    if (next === undefined) continue
    if (event !== open.index || event === last) push(spans, thread, open, event, next.letter, attempt)
    if (next.again) attempt++
    open = { letter: next.letter, wait: next.wait, index: event }
  }
  return spans
}

interface Mark {
  readonly letter: Letter
  readonly wait: ReturnType<typeof waitOf>
  /** Another attempt begins here. */
  readonly again: boolean
}

function marked(thread: IoThread, event: number, letter: Letter, isLast: boolean): Mark | undefined {
  const { record } = thread
  const kind = record.kindAt(event)
  const wait = waitOf(kind, record.argAt(event))
  const again = letter === 'C' || letter === 'D'
  if (wait !== undefined) return { letter, wait, again: false }
  const mark = (next: Letter, starts = false): Mark => ({ letter: next, wait: undefined, again: starts })
  const onPath = record.header.devices[record.devAt(event)]?.role === 'path'
  switch (kind) {
    case EventKind.bio_retry:
    case EventKind.head_resubmit:
    case EventKind.bio_undefer:
      return mark('Q', again)
    case EventKind.bio_queue:
      return letter === 'S' ? mark('Q') : undefined
    case EventKind.getrq:
    case EventKind.backmerge:
    case EventKind.frontmerge:
      return mark('G')
    case EventKind.rq_insert:
      return mark('I', again)
    case EventKind.rq_issue:
      if (onPath) return mark('D', letter === 'D')
      return again ? mark('I', true) : undefined
    case EventKind.rq_complete:
      if (onPath && letter !== 'C') return mark('C')
      return isLast ? mark('E') : undefined
    default:
      return isLast ? mark('E') : undefined
  }
}

interface Open {
  readonly letter: Letter
  readonly wait: ReturnType<typeof waitOf>
  readonly index: number
}

function push(
  spans: StageSpan[],
  { record }: IoThread,
  open: Open,
  to: number,
  letter: Letter,
  attempt: number,
): void {
  const ns = record.timeAt(to) - record.timeAt(open.index)
  if (ns === 0 && open.letter !== 'D') return
  const name = open.letter === letter ? untilItWaits(record.kindAt(to), letter) : `${open.letter}2${letter}`
  spans.push({
    name: open.wait?.[0] ?? name,
    about: open.wait?.[1] ?? LETTERS[name] ?? `from ${open.letter} to ${letter}`,
    kind: kindOf(open),
    attempt,
    fromIndex: open.index,
    toIndex: to,
    ns,
    dev: record.devAt(to),
    failed: record.kindAt(to) === EventKind.rq_complete && failedAt(record, to),
  })
}

/** The letter stays where a wait begins. */
function untilItWaits(kind: number, letter: Letter): string {
  return kind === EventKind.rq_requeue ? `${letter}2R` : letter
}

function kindOf({ wait, letter }: Open): StageSpan['kind'] {
  if (wait !== undefined) return 'wait'
  return letter === 'D' ? 'device' : 'step'
}

function failedAt(record: IoThread['record'], index: number): boolean {
  if (record.argAt(index) !== BlkStatus.OK) return true
  // A failing command says C without sectors first.
  const next = index + 1 < record.eventCount ? record.eventAt(index + 1) : undefined
  return (
    record.eventAt(index).sizeSectors === 0 &&
    next?.kind === EventKind.rq_complete &&
    next.subject === record.subjectAt(index) &&
    next.arg !== BlkStatus.OK
  )
}
