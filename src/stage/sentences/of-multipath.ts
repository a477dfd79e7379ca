/** What the multipath target and device-mapper decide. */
import { DEV_NONE, DmState, MpathFlag, EventKind } from '../../engine/log/index.ts'
import { durationText } from '../../lib/duration.ts'
import type { MultipathEvent } from '../event-subjects.ts'
import { ACTIVATIONS, DM_STATES, MAP_RESULTS } from './codes.ts'
import type { Tell, Teller } from './teller.ts'

export const OF_MULTIPATH: Readonly<Record<(typeof EventKind)[MultipathEvent], Tell>> = {
  [EventKind.choose_path]: choosePath,
  [EventKind.start_io]: (t) => `${t.selector} counts ${t.subject} (${t.size}) on ${t.dev}`,
  [EventKind.end_io]: (t) => `${t.selector} counts ${t.subject} off ${t.dev}${serviceTime(t)}`,
  [EventKind.fail_path]: (t) => `multipath fails ${t.dev}: ${left(t.event.object)}`,
  [EventKind.reinstate_path]: (t) => `${t.dev} is reinstated: ${left(t.event.object)}`,
  [EventKind.switch_pg]: (t) =>
    t.event.arg === 0
      ? 'multipath has no current priority group'
      : `multipath uses priority group ${t.event.arg} now`,
  [EventKind.bypass_pg]: (t) =>
    `priority group ${t.event.object} is ${t.event.arg === 1 ? 'bypassed' : 'enabled'}`,
  [EventKind.mpath_flags]: (t) => `multipath: ${flags(t.event.arg)}`,
  [EventKind.pg_init]: (t) => `the hardware handler is asked to activate ${t.dev}`,
  [EventKind.pg_init_done]: (t) =>
    `activation of ${t.dev} has ended: ${ACTIVATIONS[t.event.arg] ?? 'it failed'}; ${t.event.object} still run`,
  [EventKind.process_queued_bios]: (t) => `the retry worker takes ${t.event.sizeSectors} from queued_bios`,
  [EventKind.mpath_busy]: (t) =>
    `every path is busy: ${t.subject} stays on ${t.dev}, where it can still grow`,
  [EventKind.map_result]: (t) =>
    `multipath gives ${t.subject} back: ${MAP_RESULTS[t.event.arg] ?? 'not now'}`,
  [EventKind.dm_state]: dmState,
  [EventKind.path_hst]: (t) => `the historical service time of ${t.dev} is renewed`,
}

function dmState(t: Teller): string {
  if (t.event.arg === DmState.suspending && t.event.sizeSectors === 1)
    return `${t.dev}: suspending with noflush, what has no path is kept`
  return `${t.dev}: ${DM_STATES[t.event.arg] ?? 'its state changes'}`
}

function choosePath(t: Teller): string {
  const group = t.event.arg
  if (t.event.dev === DEV_NONE) return `${t.subject} (${t.size}) asks for a path: none is usable`
  const next = t.deviceAfter(t.event.object)
  const inGroup = t.context.record.header.paths.some((path) => path.group > 1) ? ` in group ${group}` : ''
  return `${t.subject} (${t.size}) asks for a path: ${t.selector} answers ${t.dev}${inGroup}${after(t.dev, next)}`
}

function after(chosen: string, next: string | undefined): string {
  if (next === undefined) return ''
  return next === chosen ? '; it is next again' : `; ${next} is next`
}

function left(paths: number): string {
  if (paths === 0) return 'no usable path is left'
  return `${paths} usable ${paths === 1 ? 'path' : 'paths'}`
}

function serviceTime(t: Teller): string {
  return t.event.arg === 0 ? '' : ` after ${durationText(t.event.arg)}`
}

function flags(bits: number): string {
  const set = Object.entries(MpathFlag)
    .filter(([, bit]) => (bits & bit) !== 0)
    .map(([name]) => name)
  return set.length === 0 ? 'no flag is set' : `flags ${set.join(', ')}`
}
