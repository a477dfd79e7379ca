/** Keys of the whole page, by the one table; not while somebody types, chooses in a list or reads a dialog. */
import { useEffect } from 'react'
import { actionOf, type KeyAction } from './keys.ts'

export function useKeys(act: (action: KeyAction) => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const action = actionOf(event)
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
  if (!(target instanceof Element)) return false
  if (action === 'palette') return target.closest('dialog') !== null
  if (target.closest('input, textarea, select, dialog, [contenteditable]') !== null) return true
  // Space presses the button that has the focus, as everywhere.
  return action === 'toggle' && target.closest('button, a, summary') !== null
}
