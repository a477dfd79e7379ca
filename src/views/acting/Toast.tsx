/**
 * What was just done, as its command, what the tool answers where it is refused, and the way back. Stays while the pointer
 * or the focus is on it.
 */
import { useEffect, useState, useSyncExternalStore, type ReactElement } from 'react'
import { laneLetter } from '../dock/panel.ts'
import type { Desk, Said } from './desk.ts'

const STAYS_MS = 12_000

export function Toast({ desk }: { readonly desk: Desk }): ReactElement {
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
          data-tone={toneOf(said)}
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
        >
          <div className="toast-words">
            {said.command === undefined ? null : <code>{said.command}</code>}
            {said.lane === undefined ? null : (
              <span>in lane {laneLetter(said.lane)} alone, which is pinned</span>
            )}
            {said.text === undefined ? null : <span>{said.text}</span>}
          </div>
          {said.undo === undefined ? null : (
            <button
              type="button"
              className="small-button"
              onClick={() => {
                said.undo?.()
                desk.say(undefined)
              }}
            >
              Undo {said.lane === undefined ? <kbd>Ctrl Z</kbd> : null}
            </button>
          )}
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

function toneOf({ command, text }: Said): 'done' | 'refused' | 'plain' {
  if (command === undefined) return 'plain'
  return text === undefined ? 'done' : 'refused'
}
