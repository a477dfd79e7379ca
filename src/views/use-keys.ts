/**
 * Keys of the whole page, by the one table; not while somebody types, chooses in a list or reads a dialog. The table loads
 * after the first picture; a key that comes before it waits for it.
 */
import { useEffect } from 'react'
import type { KeyAction } from './keys.ts'

let keys: typeof import('./keys.ts') | undefined
let loading: Promise<void> | undefined

/** One promise for all who wait, so that keys keep the order in which they were pressed. */
function loadKeys(): Promise<void> {
  loading ??= import('./keys.ts').then((loaded) => {
    keys = loaded
  })
  return loading
}

export function useKeys(act: (action: KeyAction) => void): void {
  useEffect(() => {
    void loadKeys()
    const press = (event: KeyboardEvent): void => {
      if (keys === undefined) {
        void loadKeys().then(() => press(event))
        return
      }
      const action = keys.actionOf(event)
      if (action === undefined || event.defaultPrevented || belongsElsewhere(event, action)) return
      event.preventDefault()
      act(action)
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [act])
}

function belongsElsewhere(event: KeyboardEvent, action: KeyAction): boolean {
  const { target } = event
  // A dialog that closes keeps the focus until the next frame: what cannot be seen takes no keys.
  if (!(target instanceof Element) || !target.checkVisibility()) return false
  if (action === 'palette') return target.closest('dialog') !== null
  if (target.closest('input, textarea, select, dialog, [contenteditable]') !== null) return true
  // Space presses the button that has the focus, as everywhere.
  return action === 'toggle' && target.closest('button, a, summary') !== null
}
