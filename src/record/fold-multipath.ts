/** What the events of device-mapper and multipath say about the picture. */
import { DEV_NONE, EventKind } from '../engine/log/index.ts'
import { Counter } from './counters.ts'
import type { EventRow } from './event-row.ts'
import { bump } from './fold-count.ts'
import { move } from './objects.ts'
import { isBio, Place } from './places.ts'
import type { Picture } from './picture.ts'

export function foldMultipath(p: Picture, e: EventRow): void {
  const { devices } = p
  const row = devices.row(e.dev)
  switch (e.kind) {
    case EventKind.choose_path:
      choose(p, e)
      break
    case EventKind.start_io:
      devices.inFlightIos[row]!++
      devices.inFlightSectors[row]! += e.sizeSectors
      break
    case EventKind.end_io:
      devices.inFlightIos[row]!--
      devices.inFlightSectors[row]! -= e.sizeSectors
      break
    case EventKind.fail_path:
      devices.pathActive[row] = 0
      devices.failCount[row] = e.arg
      bump(p, Counter.path_failures, e.dev)
      break
    case EventKind.reinstate_path:
      devices.pathActive[row] = 1
      devices.failCount[row] = e.arg
      break
    case EventKind.path_hst:
      devices.historicalServiceTime[row] = e.arg
      break
    case EventKind.mpath_busy:
      bump(p, Counter.busy_answers, e.dev)
      break
    default:
      foldGroups(p, e, row)
  }
}

function foldGroups(p: Picture, e: EventRow, row: number): void {
  switch (e.kind) {
    case EventKind.switch_pg:
      p.currentGroup = e.arg
      break
    case EventKind.bypass_pg:
      p.bypassedGroups =
        e.arg === 1 ? p.bypassedGroups | (1 << e.object) : p.bypassedGroups & ~(1 << e.object)
      break
    case EventKind.mpath_flags:
      p.mpathFlags = e.arg
      break
    case EventKind.pg_init:
      p.devices.activating[row] = 1
      p.activations++
      break
    case EventKind.pg_init_done:
      p.devices.activating[row] = 0
      p.activations = e.object
      break
    case EventKind.dm_state:
      p.devices.dmState[row] = e.arg
      if (p.header.devices[e.dev]?.role === 'dm') p.dmState = e.arg
      break
    default:
  }
}

/** The chooser stays on the dm device; what it chose is only its answer. */
function choose(p: Picture, e: EventRow): void {
  const { slots } = p
  p.lastChoice = e.dev
  p.nextInLine = e.object === 0 ? undefined : e.object - 1
  if (e.arg !== 0) p.currentGroup = e.arg
  bump(p, Counter.chosen, e.dev)
  if (e.dev !== DEV_NONE) p.devices.chosenNs[p.devices.row(e.dev)] = e.timeNs
  const slot = p.find(e.subject)
  if (slot < 0) return
  slots.chosen[slot] = e.dev
  if (e.dev === DEV_NONE) return // nothing was chosen: whoever asked stays where it is until it is put somewhere
  if (isBio(slots.type[slot]!)) slots.attempts[slot]!++
  move(p, e, slot, Place.choose, slots.dev[slot]!)
}
