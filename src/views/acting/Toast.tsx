/** What was just done, as its command, and the way back. Stays while the pointer or the focus is on it. */
import { useEffect, useState, useSyncExternalStore, type ReactElement } from 'react'
import type { Session } from '../../store/session.ts'
import type { Desk } from './desk.ts'

const STAYS_MS = 12_000

export function Toast({ session, desk }: { readonly session: Session; readonly desk: Desk }): ReactElement {
  const said = useSyncExternalStore(desk.subscribe, desk.said)
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (said === undefined || held) return undefined
    const timer = setTimeout(() => desk.say(undefined), STAYS_MS)
    return () => clearTimeout(timer)
  }, [said, held, desk])
  return (
    <div className="toasts" role="status">
      {said === undefined ? null : (
        <div
          className="toast"
          data-done={said.done}
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
        >
          {said.done ? <code>{said.text}</code> : <span>{said.text}</span>}
          {said.done ? (
            <button
              type="button"
              className="small-button"
              onClick={() => {
                session.branches.getState().undo()
                desk.say(undefined)
              }}
            >
              Undo <kbd>Ctrl Z</kbd>
            </button>
          ) : null}
          <button
            type="button"
            className="small-button"
            aria-label="Close message"
            onClick={() => desk.say(undefined)}
          >
            ✕
          </button>
        </div>
      )}
    </div>
  )
}
