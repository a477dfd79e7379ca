/** What the reader wants of every visit: theme and motion. Kept in storage, checked when read back. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { SafeStorage } from '../lib/safe-storage.ts'
import type { SettingsState, Theme } from './state.ts'

export const THEMES: readonly Theme[] = ['dark', 'light', 'projector']
const MOTIONS: readonly SettingsState['reducedMotion'][] = ['system', 'on', 'off']
const KEY = 'bioscope.settings'

export interface SettingsActions {
  readonly setTheme: (theme: Theme) => void
  readonly setReducedMotion: (reducedMotion: SettingsState['reducedMotion']) => void
}

export type SettingsStore = StoreApi<SettingsState & SettingsActions>

export function createSettingsStore(storage: SafeStorage, prefersLight = false): SettingsStore {
  const store: SettingsStore = createStore((set) => ({
    ...keptSettings(storage.read(KEY), prefersLight),
    setTheme: (theme) => set({ theme }),
    setReducedMotion: (reducedMotion) => set({ reducedMotion }),
  }))
  store.subscribe(({ theme, reducedMotion }) => storage.write(KEY, JSON.stringify({ theme, reducedMotion })))
  return store
}

/** What a kept text says, as far as it makes sense. */
export function keptSettings(text: string | undefined, prefersLight: boolean): SettingsState {
  const kept = parsed(text)
  return {
    theme: THEMES.find((theme) => theme === kept['theme']) ?? (prefersLight ? 'light' : 'dark'),
    reducedMotion: MOTIONS.find((motion) => motion === kept['reducedMotion']) ?? 'system',
  }
}

function parsed(text: string | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** Whether travel becomes steps, given what the operating system wishes. */
export function motionIsReduced({ reducedMotion }: SettingsState, systemWish: boolean): boolean {
  return reducedMotion === 'system' ? systemWish : reducedMotion === 'on'
}
