/** What each key and button does: one table from actions to the session. Loaded after the first picture. */
import { simNs } from '../lib/brands.ts'
import type { DockStore } from '../store/dock-store.ts'
import type { Session } from '../store/session.ts'
import { THEMES } from '../store/settings-store.ts'
import { isOpen } from '../store/ui-store.ts'
import { followNext, toNeighbour } from './follow-steps.ts'
import type { Pick } from './following.ts'
import { rangeEnd, zoomToRange } from './dock/range-keys.ts'
import type { KeyAction } from './keys.ts'
import { partingOf } from './stage/parting-of.ts'
import { queuesOf } from '../stage/layout/queue-at.ts'
import type { Theater } from './theater.ts'
import { type Desk, spotOf } from './acting/desk.ts'
import { typeAhead } from './typed-ahead.ts'

export interface Hands {
  readonly session: Session
  readonly dock: DockStore
  readonly theater: Theater
  readonly desk: Desk
  readonly only: number | undefined
  readonly setOnly: (lane: number | undefined) => void
  readonly pick: Pick
}

export function doAction(action: KeyAction, hands: Hands): void {
  const { session, dock, theater, desk, only, setOnly, pick } = hands
  const { player, ui } = session
  const table: Readonly<Record<KeyAction, () => void>> = {
    toggle: () => player.toggle(),
    step_forward: () => player.stepEvent(1),
    step_back: () => player.stepEvent(-1),
    mark_forward: () => player.stepMilestone(1),
    mark_back: () => player.stepMilestone(-1),
    to_start: () => player.toStart(),
    to_end: () => {
      player.toEnd()
      // Beyond what is computed, as soon as that is there.
      void session.doing.seek({ to: 'end' })
    },
    stop_forward: () => session.stepStop(1),
    stop_back: () => session.stepStop(-1),
    until: () => desk.toggle({ open: 'until', spot: spotOf(document.querySelector('.until-button')) }),
    loop: () => toggleLoop(session),
    act_menu: () => desk.open({ open: 'focused' }),
    cut: () => desk.open({ open: 'cut' }),
    undo: () => session.branches.getState().undo(),
    redo: () => session.branches.getState().redo(),
    branches: () => desk.toggle({ open: 'branches', spot: spotOf(document.querySelector('.branches')) }),
    lanes: () =>
      desk.toggle({ open: 'lane', lane: only ?? 0, spot: spotOf(document.querySelector('.lane-chips')) }),
    console: () => {
      dock.getState().show('console', 'panel')
      typeAhead('.dock[data-tab=console] [data-focus=panel]')
    },
    slower: () => player.setSpeed(player.speed / 2),
    faster: () => player.setSpeed(player.speed * 2),
    pace: () => player.setPace(player.pace === 'story' ? 'real' : 'story'),
    scenarios: () => ui.getState().toggle('gallery'),
    follow_next: () => followNext(session, theater, only ?? 0, 1, pick),
    follow_previous: () => followNext(session, theater, only ?? 0, -1, pick),
    own_event_back: () => void toNeighbour(session, theater, 'cause'),
    own_event_forward: () => void toNeighbour(session, theater, 'effect'),
    ghost: () => theater.stage.toggleGhosts(),
    parting: () => {
      const ns = partingOf(theater, 0, 1)()
      if (ns !== undefined) player.seekNs(ns)
    },
    zoom: () => zoomFrom(theater, only ?? 0),
    close: () => {
      if (desk.wish() !== undefined) {
        desk.open(undefined)
        return
      }
      if (theater.stage.zoomed() !== undefined) {
        theater.stage.zoom(undefined)
        return
      }
      const topmost = ui.getState().openPanels.at(-1)
      if (topmost === undefined) pick(0, undefined)
      else ui.getState().close(topmost)
    },
    theme: () => {
      const { theme, setTheme } = session.settings.getState()
      setTheme(THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]!)
    },
    lane_a: () => setOnly(0),
    lane_b: () => setOnly(session.scenario.getState().lanes.length > 1 ? 1 : 0),
    lanes_all: () => setOnly(undefined),
    help: () => ui.getState().toggle('help'),
    palette: () => {
      ui.getState().toggle('palette')
      if (isOpen(ui.getState(), 'palette')) typeAhead('.palette-input')
    },
    editor: () => ui.getState().toggle('editor'),
    settings: () => ui.getState().toggle('settings'),
    dock_timeline: () => dock.getState().show('timeline', 'panel'),
    dock_charts: () => dock.getState().show('charts', 'panel'),
    dock_log: () => dock.getState().show('log', 'panel'),
    dock_search: () => {
      dock.getState().show('log', 'search')
      typeAhead('.dock [data-focus=search]')
    },
    dock_maximise: () => dock.getState().maximise(!dock.getState().maximised),
    range_from: () => rangeEnd(session, 'from'),
    range_to: () => rangeEnd(session, 'to'),
    // Without a selected time there is but one thing to zoom into.
    range_zoom: () => {
      if (hasTime(session, dock)) zoomToRange(session, dock)
      else zoomFrom(theater, only ?? 0)
    },
  }
  table[action]()
}

/** Into the queue that has the focus, or from queue to queue of the lane in which one is open. */
function zoomFrom(theater: Theater, lane: number): void {
  const { stage } = theater
  const focused = document.activeElement
  const queue = focused instanceof HTMLElement ? focused.dataset['queue'] : undefined
  const lanes = [...document.querySelectorAll('.lane')]
  const inLane =
    stage.zoomed()?.lane ??
    Math.max(
      lane,
      lanes.findIndex((one) => one.contains(focused)),
    )
  const layout = theater.show(inLane)?.layout
  if (layout === undefined) return
  if (queue !== undefined && stage.zoomed() === undefined) stage.zoom({ lane: inLane, dev: Number(queue) })
  else stage.zoomNext(inLane, queuesOf(layout))
}

/** The selected time over and over, or no more. */
function toggleLoop({ player, playback, selection }: Session): void {
  const { range } = selection.getState()
  if (playback.getState().loop !== undefined || range === undefined) player.setLoop(undefined)
  else player.setLoop({ fromNs: simNs(range.fromNs), toNs: simNs(range.toNs) })
}

function hasTime({ selection }: Session, dock: DockStore): boolean {
  return selection.getState().range !== undefined || dock.getState().window !== undefined
}
