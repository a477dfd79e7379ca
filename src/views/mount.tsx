/** Puts the page into the document: one session, one frame loop, one root. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { browserFrames, FrameLoop } from '../lib/frame-loop.ts'
import { safeStorage } from '../lib/safe-storage.ts'
import { Session, type Engine } from '../store/session.ts'
import { motionIsReduced } from '../store/settings-store.ts'
import { connectAddressBar, windowAddressBar } from '../store/address-bar.ts'
import { FIRST } from '../store/present.ts'
import { readLink } from '../store/url.ts'
import { createDockStore } from '../store/dock-store.ts'
import { App } from './App.tsx'
import { DOCK_PANELS } from './dock/tabs.ts'
import { Faults } from './faults.ts'
import { ErrorBoundary } from './panels/ErrorBoundary.tsx'
import { Theater } from './theater.ts'
import { ThemeTokens } from './theme.ts'
import './views.css'

export function mount(root: HTMLElement, engine: Engine): void {
  const storage = safeStorage(() => localStorage)
  const session = new Session({
    engine,
    storage,
    prefersLight: matchMedia('(prefers-color-scheme: light)').matches,
    link: readLink(location.hash, FIRST),
  })
  connectAddressBar(session, windowAddressBar(window), FIRST)
  const dock = createDockStore(
    storage,
    DOCK_PANELS.map(({ id }) => id),
  )
  session.scenario.subscribe((now, before) => {
    if (now.source !== before.source) dock.getState().look(undefined)
  })
  const theater = new Theater(session.player)
  const tokens = new ThemeTokens(document.documentElement, session.settings)
  followMotionWish(session, theater)
  const loop = new FrameLoop(browserFrames())
  const faults = new Faults()
  loop.add(
    'player',
    faults.guard(({ stepMs }) => session.player.tick(stepMs)),
  )
  loop.add('theater', faults.guard(theater.frame))
  // For the benchmark and the curious: what a frame costs.
  Object.assign(window, { bioscope: { costs: () => loop.costs() } })
  createRoot(root).render(
    <StrictMode>
      <ErrorBoundary>
        <App session={session} dock={dock} theater={theater} tokens={tokens} faults={faults} />
      </ErrorBoundary>
    </StrictMode>,
  )
}

function followMotionWish(session: Session, theater: Theater): void {
  const wish = matchMedia('(prefers-reduced-motion: reduce)')
  const renew = (): void => {
    theater.reducedMotion = motionIsReduced(session.settings.getState(), wish.matches)
  }
  renew()
  wish.addEventListener('change', renew)
  session.settings.subscribe(renew)
}
