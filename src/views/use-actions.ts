/** What each key and button does, as one function; the table behind it loads after the first picture. */
import { useCallback } from 'react'
import type { Hands } from './actions.ts'
import type { KeyAction } from './keys.ts'

let loading: Promise<typeof import('./actions.ts')> | undefined

export function useActions(hands: Hands): (action: KeyAction) => void {
  const { session, dock, theater, desk, only, setOnly, pick } = hands
  return useCallback(
    (action) => {
      // One promise for all who wait, so that what is asked first is done first.
      loading ??= import('./actions.ts')
      void loading.then(({ doAction }) =>
        doAction(action, { session, dock, theater, desk, only, setOnly, pick }),
      )
    },
    [session, dock, theater, desk, only, setOnly, pick],
  )
}
