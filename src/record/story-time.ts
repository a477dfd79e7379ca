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
  const { count, ns } = moments
  const beatMs = beatScale(moments)
  const jumpScale = scaleOfJumps(moments)
  const knots = new Knots()
  for (let i = 0; i < count; i++) {
    const gapNs = gapAfter(moments, i)
    const dilate = dilationAt(dilations, ns[i]!)
    const beat = gapWeight(moments, i) * beatMs * dilate
    if (i === count - 1) knots.go(tailEnd(Math.max(ns[i]!, endNs)), beat + TAIL_MS)
    else if (isJump(moments, i)) {
      knots.go(ns[i]! + gapNs * BEFORE_JUMP, beat)
      knots.jump(ns[i + 1]!, jumpMs(gapNs) * jumpScale * dilate, gapNs, moments.cause[i + 1]!)
    } else knots.go(ns[i + 1]!, beat)
  }
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

  jump(ns: number, ms: number, gapNs: number, cause: number): void {
    const fromNs = this.ns.at(-1)!
    const fromMs = this.ms.at(-1)!
    this.go(ns, ms)
    this.jumps.push({
      fromNs: simNs(fromNs),
      toNs: simNs(ns),
      fromShownMs: shownMs(fromMs),
      toShownMs: shownMs(fromMs + ms),
      label: `${durationText(gapNs, 2)} pass: ${whatPassed(cause)}`,
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

function gapAfter(moments: Moments, i: number): number {
  return i + 1 < moments.count ? moments.ns[i + 1]! - moments.ns[i]! : 0
}

function isJump(moments: Moments, i: number): boolean {
  return gapAfter(moments, i) > moments.jumpNs
}

function gapWeight(moments: Moments, i: number): number {
  const weight = Math.max(MIN_WEIGHT, moments.weight[i]!)
  const gap = gapAfter(moments, i)
  return isJump(moments, i) ? weight : weight * (1 + GAP_TENFOLD * Math.log10(1 + gap / STEP_NS))
}

/** Shown ms per unit of weight, such that all beats together take the time that so many events deserve. */
function beatScale(moments: Moments): number {
  let sum = 0
  for (let i = 0; i < moments.count; i++) sum += gapWeight(moments, i)
  const wanted = FEW_EVENTS_MS * (Math.max(1, moments.events) / FEW_EVENTS) ** GROWTH
  return Math.min(wanted, MAX_BEATS_MS) / sum
}

function jumpMs(ns: number): number {
  return JUMP_MS + JUMP_TENFOLD_MS * Math.max(0, Math.log10(ns / 1e6))
}

function scaleOfJumps(moments: Moments): number {
  let sum = 0
  for (let i = 0; i < moments.count; i++) if (isJump(moments, i)) sum += jumpMs(gapAfter(moments, i))
  return sum > MAX_JUMPS_MS ? MAX_JUMPS_MS / sum : 1
}

function dilationAt(dilations: readonly Dilation[], ns: number): number {
  return dilations.find(({ fromNs, toNs }) => fromNs <= ns && ns < toNs)?.factor ?? 1
}

/** What the silence was, judged by what ended it. */
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
  [TimerKind.command]: 'SCSI command timeout',
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
}
