/**
 * Keeps the address of the page and the state equal. Another scenario, other lanes or another branch are a step in the browser's
 * history; everything else rewrites the present one, while playing at most once a second.
 */
import { readLink, writeLink } from './url.ts'
import type { LinkState } from './link-state.ts'
import { rowsOf } from './link-branches.ts'
import type { Session } from './session.ts'
import type { ScenarioSource } from '../scenario/index.ts'
import type { SettingsState, Theme } from './state.ts'

/** What of a browser window is needed. */
export interface AddressBar {
  /** The hash, with or without `#`. */
  read(): string
  replace(hash: string): void
  push(hash: string): void
  /** Back, forward, or a hash typed by hand. Returns what ends it. */
  onNavigate(listener: () => void): () => void
  nowMs(): number
}

/** Browsers refuse more than some hundred changes of history in half a minute. */
const WHILE_PLAYING_MS = 1000

/** What a link to the present moment says. */
export function linkOf(session: Session): Omit<LinkState, 'notice'> {
  const { source, lanes } = session.scenario.getState()
  const rows = rowsOf(session.branches.getState(), lanes)
  const { followed } = session.selection.getState()
  return {
    source,
    ...rows,
    ...session.destination,
    pace: session.playback.getState().pace,
    followed,
    theme: wishOf(session.settings.getState()),
  }
}

/** A reader who follows the operating system asks no other reader for a theme. */
function wishOf({ themeWish }: SettingsState): Theme | undefined {
  return themeWish === 'auto' ? undefined : themeWish
}

/** Returns what ends the connection. */
export function connectAddressBar(session: Session, bar: AddressBar, first: ScenarioSource): () => void {
  const place = (): readonly unknown[] => {
    const { source, lanes } = session.scenario.getState()
    return [source, lanes, session.branches.getState().current]
  }
  let written = place()
  let writtenMs = -Infinity
  const write = (): void => {
    const here = place()
    if (session.arriving) {
      written = here
      return
    }
    const moved = here.some((part, i) => part !== written[i])
    const playing = session.playback.getState().playing
    if (!moved && playing && bar.nowMs() - writtenMs < WHILE_PLAYING_MS) return
    written = here
    writtenMs = bar.nowMs()
    const hash = writeLink(linkOf(session))
    if (moved) bar.push(hash)
    else if (hash !== bar.read().replace(/^#/, '')) bar.replace(hash)
  }
  const ends = [
    session.scenario.subscribe(write),
    session.branches.subscribe(write),
    session.playback.subscribe(write),
    session.selection.subscribe((now, before) => {
      if (now.followed !== before.followed) write()
    }),
    session.settings.subscribe(write),
    bar.onNavigate(() => session.openLink(readLink(bar.read(), first))),
  ]
  return () => {
    for (const end of ends) end()
  }
}

export function windowAddressBar(page: Window): AddressBar {
  return {
    read: () => page.location.hash,
    replace: (hash) => page.history.replaceState(null, '', `#${hash}`),
    push: (hash) => page.history.pushState(null, '', `#${hash}`),
    onNavigate: (listener) => {
      page.addEventListener('popstate', listener)
      return () => page.removeEventListener('popstate', listener)
    },
    nowMs: () => page.performance.now(),
  }
}
