/** What the reader wants of every visit: theme, motion, text size, pace. Kept in storage, checked when read back. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { SafeStorage } from '../lib/safe-storage.ts'
import { clampSpeed } from './playback-store.ts'
import type { Pace, SettingsState, Theme } from './state.ts'

export const THEMES: readonly Theme[] = ['dark', 'light', 'projector']
export const MOTIONS: readonly SettingsState['reducedMotion'][] = ['system', 'on', 'off']
export const TEXT_SIZES: readonly SettingsState['textSize'][] = ['normal', 'large', 'larger']
const KEY = 'bioscope.settings'

export interface SettingsActions {
  readonly setTheme: (theme: Theme | 'auto') => void
  /** The operating system has another wish now. */
  readonly setPrefersLight: (prefersLight: boolean) => void
  readonly setReducedMotion: (reducedMotion: SettingsState['reducedMotion']) => void
  readonly setTextSize: (textSize: SettingsState['textSize']) => void
  readonly keepPlayback: (playback: { readonly pace: Pace; readonly speed: number }) => void
}

export type SettingsStore = StoreApi<SettingsState & SettingsActions>

export function createSettingsStore(storage: SafeStorage, prefersLight = false): SettingsStore {
  let light = prefersLight
  const store: SettingsStore = createStore((set) => ({
    ...keptSettings(storage.read(KEY), prefersLight),
    setTheme: (wish) => set({ themeWish: wish, theme: wish === 'auto' ? bySystem(light) : wish }),
    setPrefersLight: (now) => {
      light = now
      set(({ themeWish }) => (themeWish === 'auto' ? { theme: bySystem(now) } : {}))
    },
    setReducedMotion: (reducedMotion) => set({ reducedMotion }),
    setTextSize: (textSize) => set({ textSize }),
    keepPlayback: ({ pace, speed }) =>
      set((before) => (before.pace === pace && before.speed === speed ? before : { pace, speed })),
  }))
  store.subscribe(({ themeWish, reducedMotion, textSize, pace, speed }) =>
    storage.write(KEY, JSON.stringify({ theme: themeWish, reducedMotion, textSize, pace, speed })),
  )
  return store
}

function bySystem(prefersLight: boolean): Theme {
  return prefersLight ? 'light' : 'dark'
}

/** What a kept text says, as far as it makes sense. */
export function keptSettings(text: string | undefined, prefersLight: boolean): SettingsState {
  const kept = parsed(text)
  const wish = THEMES.find((theme) => theme === kept['theme'])
  const { speed } = kept
  return {
    theme: wish ?? bySystem(prefersLight),
    themeWish: wish ?? 'auto',
    reducedMotion: MOTIONS.find((motion) => motion === kept['reducedMotion']) ?? 'system',
    textSize: TEXT_SIZES.find((size) => size === kept['textSize']) ?? 'normal',
    pace: kept['pace'] === 'real' ? 'real' : 'story',
    speed: typeof speed === 'number' ? clampSpeed(speed) : 1,
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
export function motionIsReduced(
  { reducedMotion }: Pick<SettingsState, 'reducedMotion'>,
  systemWish: boolean,
): boolean {
  return reducedMotion === 'system' ? systemWish : reducedMotion === 'on'
}
