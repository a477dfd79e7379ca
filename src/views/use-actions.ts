/** What each key and button does: one table from actions to the session. */
import { useCallback } from 'react'
import type { Session } from '../store/session.ts'
import { THEMES } from '../store/settings-store.ts'
import { followNext, ownEvent, type Pick } from './following.ts'
import type { KeyAction } from './keys.ts'
import type { Theater } from './theater.ts'

export interface Hands {
  readonly session: Session
  readonly theater: Theater
  readonly only: number | undefined
  readonly setOnly: (lane: number | undefined) => void
  readonly pick: Pick
}

export function useActions({ session, theater, only, setOnly, pick }: Hands): (action: KeyAction) => void {
  return useCallback(
    (action) => {
      const { player, ui } = session
      const table: Readonly<Record<KeyAction, () => void>> = {
        toggle: () => player.toggle(),
        step_forward: () => player.stepEvent(1),
        step_back: () => player.stepEvent(-1),
        mark_forward: () => player.stepMilestone(1),
        mark_back: () => player.stepMilestone(-1),
        to_start: () => player.toStart(),
        to_end: () => player.toEnd(),
        slower: () => player.setSpeed(player.speed / 2),
        faster: () => player.setSpeed(player.speed * 2),
        pace: () => player.setPace(player.pace === 'story' ? 'real' : 'story'),
        scenarios: () => ui.getState().toggle('gallery'),
        follow_next: () => followNext(session, theater, only ?? 0, 1, pick),
        follow_previous: () => followNext(session, theater, only ?? 0, -1, pick),
        own_event_back: () => void ownEvent(session, theater, -1),
        own_event_forward: () => void ownEvent(session, theater, 1),
        close: () => {
          ui.getState().close('gallery')
          ui.getState().close('help')
          pick(0, undefined)
        },
        theme: () => {
          const { theme, setTheme } = session.settings.getState()
          setTheme(THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]!)
        },
        lane_a: () => setOnly(0),
        lane_b: () => setOnly(session.scenario.getState().lanes.length > 1 ? 1 : 0),
        lanes_all: () => setOnly(undefined),
        help: () => ui.getState().toggle('help'),
      }
      table[action]()
    },
    [session, theater, only, setOnly, pick],
  )
}
