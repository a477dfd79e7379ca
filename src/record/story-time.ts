/**
 * The story pace: a map from simulated to shown time computed from the logs of all lanes together.
 *
 * What happens at a moment is shown in the gap after it, so a gap lasts as long as its moment deserves (story-beats.ts),
 * a little longer when more simulated time passes in it. A long silence adds a jump of a second or two with a label. The
 * length of the whole grows slowly with the number of events and has a limit.
 */
import { EventKind, kindName, TimerKind } from '../engine/log/index.ts'
import { shownMs, simNs } from '../lib/brands.ts'
import { durationText } from '../lib/duration.ts'
import type { RunRecord } from './run-record.ts'
import { collectMoments, type Moments, TIMER_BASE } from './story-moments.ts'
import { KnotMap, type Jump, type TimeMap } from './time-map.ts'

/** An author's wish: this range lasts `factor` times as long. */
export interface Dilation {
  readonly fromNs: number
  readonly toNs: number
  readonly factor: number
}

/** 25 events are told in 6 s; sixteen times as many take three to four times as long. */
const FEW_EVENTS = 25
const FEW_EVENTS_MS = 6000
const GROWTH = 0.47
/** Beats of a very long log together, and jumps of all lengths together: the whole stays under 90 s. */
const MAX_BEATS_MS = 64_000
const MAX_JUMPS_MS = 24_000
/** After the last event. */
const TAIL_MS = 900
const TAIL_SHARE = 0.002
/** A jump lasts this long, and this much longer for each tenfold. */
const JUMP_MS = 700
const JUMP_TENFOLD_MS = 250
/** Gaps longer than a CPU step take longer, by this share for each tenfold. */
const STEP_NS = 2000
const GAP_TENFOLD = 0.25
/** Share of a long silence that passes while what began it is still being shown; the jump is the rest. */
const BEFORE_JUMP = 0.001
/** No gap vanishes: the map must rise. */
const MIN_WEIGHT = 0.02

export function storyTime(records: readonly RunRecord[], dilations: readonly Dilation[] = []): TimeMap {
  return storyOf(collectMoments(records), Math.max(0, ...records.map((record) => record.endNs)), dilations)
}

/** The same from moments collected along the way; `endNs` is the end of the run, as far as it is known. */
export function storyOf(moments: Moments, endNs: number, dilations: readonly Dilation[] = []): TimeMap {
  const { count, ns, jumpNs } = moments
  const gapNs = Float64Array.from({ length: count }, (_, i) => {
    return (i + 1 < count ? ns[i + 1]! : Math.max(ns[i]!, endNs)) - ns[i]!
  })
  const weight = gapNs.map((gap, i) => gapWeight(Math.max(MIN_WEIGHT, moments.weight[i]!), gap, jumpNs))
  const beatMs = beatScale(weight, moments.events)
  const jumpScale = scaleOfJumps(gapNs, jumpNs)
  const knots = new Knots()
  for (let i = 0; i < count; i++) {
    const [fromNs, gap] = [ns[i]!, gapNs[i]!]
    const dilate = dilationAt(dilations, fromNs)
    const beat = weight[i]! * beatMs * dilate
    if (gap > jumpNs) {
      knots.go(fromNs + gap * BEFORE_JUMP, beat)
      const label = `${durationText(gap, 2)} pass: ${gapWords(moments, i)}`
      knots.jump(fromNs + gap, jumpMs(gap) * jumpScale * dilate, label)
    } else if (i + 1 < count) knots.go(fromNs + gap, beat)
    else knots.go(tailEnd(fromNs), beat + TAIL_MS)
  }
  if (count > 0 && gapNs[count - 1]! > jumpNs) knots.go(tailEnd(endNs), TAIL_MS)
  return knots.map()
}

/** The map while it is built, knot after knot. */
class Knots {
  private readonly ns: number[] = [0]
  private readonly ms: number[] = [0]
  private readonly jumps: Jump[] = []

  /** The next knot: simulated time `ns` comes `ms` after the knot before. */
  go(ns: number, ms: number): void {
    this.ms.push(this.ms.at(-1)! + ms)
    this.ns.push(ns)
  }

  jump(ns: number, ms: number, label: string): void {
    const fromNs = this.ns.at(-1)!
    const fromMs = this.ms.at(-1)!
    this.go(ns, ms)
    this.jumps.push({
      fromNs: simNs(fromNs),
      toNs: simNs(ns),
      fromShownMs: shownMs(fromMs),
      toShownMs: shownMs(fromMs + ms),
      label,
    })
  }

  map(): TimeMap {
    return new KnotMap(Float64Array.from(this.ns), Float64Array.from(this.ms), this.jumps)
  }
}

/** The show goes on a little after the last event, and not before a run has ended. */
function tailEnd(endNs: number): number {
  return endNs + Math.max(1000, Math.ceil(endNs * TAIL_SHARE))
}

function gapWeight(weight: number, gapNs: number, jumpNs: number): number {
  return gapNs > jumpNs ? weight : weight * (1 + GAP_TENFOLD * Math.log10(1 + gapNs / STEP_NS))
}

/** Shown ms per unit of weight, such that all beats together take the time that so many events deserve. */
function beatScale(weights: Float64Array, events: number): number {
  const sum = weights.reduce((all, weight) => all + weight, 0)
  const wanted = FEW_EVENTS_MS * (Math.max(1, events) / FEW_EVENTS) ** GROWTH
  return Math.min(wanted, MAX_BEATS_MS) / sum
}

function jumpMs(ns: number): number {
  return JUMP_MS + JUMP_TENFOLD_MS * Math.max(0, Math.log10(ns / 1e6))
}

function scaleOfJumps(gapsNs: Float64Array, jumpNs: number): number {
  const sum = gapsNs.reduce((all, gap) => all + (gap > jumpNs ? jumpMs(gap) : 0), 0)
  return sum > MAX_JUMPS_MS ? MAX_JUMPS_MS / sum : 1
}

function dilationAt(dilations: readonly Dilation[], ns: number): number {
  return dilations.find(({ fromNs, toNs }) => fromNs <= ns && ns < toNs)?.factor ?? 1
}

/** What ended the gap after a moment, and how often something was tried in vain before. */
function gapWords({ count, cause, passed, passedCause }: Moments, i: number): string {
  const times = passed[i]!
  const tried = whatPassed(passedCause[i]!)
  const last = i + 1 < count ? cause[i + 1]! : 0
  // A try that is told again ended the gap: its timer is among what was passed over.
  const isTry = times > 0 && (last === 0 || TRIES.has(last))
  if (times < 2) return isTry ? tried : whatPassed(last)
  if (isTry || last === passedCause[i]) return `${tried}, ${times} times`
  return `${whatPassed(last)}; ${times} tries in vain`
}

const TRIES: ReadonlySet<number> = new Set([
  EventKind.rq_insert,
  EventKind.rq_issue,
  EventKind.rq_requeue,
  EventKind.rq_dispatch_list,
  EventKind.mpath_busy,
  EventKind.map_result,
  EventKind.choose_path,
  EventKind.task_wake,
  EventKind.timer_arm,
])

/** What a silence was, judged by what ended it. */
function whatPassed(cause: number): string {
  if (cause >= TIMER_BASE) return TIMER_WORDS[cause - TIMER_BASE] ?? 'a timer'
  switch (cause) {
    case EventKind.rq_complete:
      return 'service time'
    case EventKind.rq_insert:
      return 'requeue timer'
    case EventKind.rq_requeue:
    case EventKind.rq_dispatch_list:
    case EventKind.mpath_busy:
      return 'retry after a busy answer'
    case EventKind.task_wake:
    case EventKind.task_sleep:
    case EventKind.io_submit:
      return 'the application sleeps'
    case EventKind.command:
      return 'until the next command'
    case EventKind.bio_retry:
    case EventKind.process_queued_bios:
      return 'queued bios wait'
    default:
      return `until ${kindName(cause)}`
  }
}

const TIMER_WORDS: Readonly<Record<number, string>> = {
  [TimerKind.requeue]: 'requeue timer',
  [TimerKind.resource_retry]: 'retry after a busy answer',
  [TimerKind.no_path]: 'no-path timeout',
  [TimerKind.command]: 'command timeout',
  [TimerKind.sleep]: 'the application sleeps',
  [TimerKind.pg_init_delay]: 'pg_init retry delay',
  [TimerKind.budget_retry]: 'retry for budget',
  [TimerKind.fast_io_fail]: 'fast_io_fail_tmo',
  [TimerKind.dev_loss]: 'dev_loss_tmo',
  [TimerKind.replacement]: 'replacement_timeout',
  [TimerKind.noop_out]: 'iSCSI ping',
  [TimerKind.error_handler]: 'SCSI error handler',
  [TimerKind.checker]: 'multipathd looks at a path',
  [TimerKind.no_path_retry]: 'no_path_retry',
  [TimerKind.failback]: 'deferred failback',
  [TimerKind.unplug]: 'the plug of the queue',
  [TimerKind.start]: 'a program is started',
  [TimerKind.rtpg]: 'ALUA asks the port',
  [TimerKind.ana_log]: 'the ANA log is read again',
  [TimerKind.keep_alive]: 'keep-alive without an answer',
  [TimerKind.reconnect]: 'the next attempt to connect',
}
