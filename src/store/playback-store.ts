/** How the show plays. Where it is from frame to frame is in the player; here it is renewed some times a second. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { shownMs, simNs } from '../lib/brands.ts'
import type { PlaybackState } from './state.ts'

export const MIN_SPEED: number = 1 / 64
export const MAX_SPEED = 64

export type PlaybackStore = StoreApi<PlaybackState>

export function createPlaybackStore(initial: Partial<PlaybackState> = {}): PlaybackStore {
  return createStore(() => ({
    playing: false,
    pace: 'story',
    speed: 1,
    timeNs: simNs(0),
    shownMs: shownMs(0),
    totalShownMs: shownMs(0),
    loop: undefined,
    untilNs: undefined,
    seeking: undefined,
    ...initial,
  }))
}

export function clampSpeed(speed: number): number {
  return Number.isFinite(speed) ? Math.min(MAX_SPEED, Math.max(MIN_SPEED, speed)) : 1
}

/** 0 at the start, 1 at the end. */
export function progress({ shownMs, totalShownMs }: Pick<PlaybackState, 'shownMs' | 'totalShownMs'>): number {
  return totalShownMs > 0 ? Math.min(1, shownMs / totalShownMs) : 0
}

export function isAtEnd({ shownMs, totalShownMs }: Pick<PlaybackState, 'shownMs' | 'totalShownMs'>): boolean {
  return totalShownMs > 0 && shownMs >= totalShownMs
}
