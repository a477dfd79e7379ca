/**
 * Keeps the address of the page and the state equal. Another scenario, other lanes or another branch are a step in the browser's
 * history; everything else rewrites the present one: at once where it has not been for a while, else when the while is over.
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
  /** Calls once, so much later. Returns what prevents it. */
  after(ms: number, what: () => void): () => void
}

/** Browsers refuse more than some hundred changes of history in half a minute. */
const WHILE_PLAYING_MS = 1000
const WHILE_PAUSED_MS = 400

/** What a link to the present moment says. */
export function linkOf(session: Session): Omit<LinkState, 'notice'> {
  const { source, lanes } = session.scenario.getState()
  const rows = rowsOf(session.branches.getState(), lanes)
  const { followed, range } = session.selection.getState()
  return {
    source,
    ...rows,
    ...session.destination,
    pace: session.playback.getState().pace,
    followed,
    range,
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
  /** What the present entry is to say when the while is over. */
  let due: { readonly link: Omit<LinkState, 'notice'>; readonly cancel: () => void } | undefined
  const replace = (link: Omit<LinkState, 'notice'>): void => {
    const hash = writeLink(link)
    writtenMs = bar.nowMs()
    if (hash !== bar.read().replace(/^#/, '')) bar.replace(hash)
  }
  const drop = (): void => {
    due?.cancel()
    due = undefined
  }
  const write = (): void => {
    const here = place()
    if (session.arriving) {
      drop()
      written = here
      return
    }
    const link = linkOf(session)
    if (here.some((part, i) => part !== written[i])) {
      // The entry that is left says where its reader was last.
      const last = due?.link
      drop()
      if (last !== undefined) replace(last)
      written = here
      writtenMs = bar.nowMs()
      bar.push(writeLink(link))
      return
    }
    const waitMs = session.playback.getState().playing ? WHILE_PLAYING_MS : WHILE_PAUSED_MS
    const leftMs = writtenMs + waitMs - bar.nowMs()
    drop()
    if (leftMs <= 0) replace(link)
    else
      due = {
        link,
        cancel: bar.after(leftMs, () => {
          due = undefined
          replace(link)
        }),
      }
  }
  const ends = [
    session.scenario.subscribe(write),
    session.branches.subscribe(write),
    session.playback.subscribe(write),
    session.selection.subscribe((now, before) => {
      if (now.followed !== before.followed || now.range !== before.range) write()
    }),
    session.settings.subscribe(write),
    bar.onNavigate(() => {
      drop()
      session.openLink(readLink(bar.read(), first))
    }),
    drop,
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
    after: (ms, what) => {
      const timer = page.setTimeout(what, ms)
      return () => page.clearTimeout(timer)
    },
  }
}
