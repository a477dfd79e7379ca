/** Puts the page into the document: one session, one frame loop, one root. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { browserFrames, FrameLoop } from '../lib/frame-loop.ts'
import { safeStorage, type SafeStorage } from '../lib/safe-storage.ts'
import { Session, type Engine } from '../store/session.ts'
import { createSettingsStore, motionIsReduced } from '../store/settings-store.ts'
import type { Pace } from '../store/state.ts'
import { connectAddressBar, windowAddressBar } from '../store/address-bar.ts'
import { FIRST } from '../store/present.ts'
import { readLink } from '../store/url.ts'
import { createDockStore } from '../store/dock-store.ts'
import { CommandTable } from './palette/command-table.ts'
import { App } from './App.tsx'
import { DOCK_TABS } from './dock/tab-ids.ts'
import { Faults } from './faults.ts'
import { ErrorBoundary } from './panels/ErrorBoundary.tsx'
import type { Workbench } from './panels/workbench.ts'
import { Theater } from './theater.ts'
import { ThemeTokens } from './theme.ts'
import './views.css'

export function mount(root: HTMLElement, engine: Engine): void {
  const storage = safeStorage(() => localStorage)
  const link = readLink(location.hash, FIRST)
  const session = new Session({
    engine,
    storage,
    prefersLight: matchMedia('(prefers-color-scheme: light)').matches,
    link: location.hash === '' ? { ...link, pace: keptPace(storage) } : link,
  })
  connectAddressBar(session, windowAddressBar(window), FIRST)
  const dock = createDockStore(storage, DOCK_TABS)
  session.scenario.subscribe((now, before) => {
    if (now.source !== before.source) dock.getState().look(undefined)
  })
  const theater = new Theater(session.player)
  const tokens = new ThemeTokens(document.documentElement, session.settings)
  const bench: Workbench = {
    check: (source, take) => engine.open(source, take, []),
    storage,
    commands: new CommandTable(),
  }
  followMotionWish(session, theater)
  followSettings(session)
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
        <App session={session} dock={dock} bench={bench} theater={theater} tokens={tokens} faults={faults} />
      </ErrorBoundary>
    </StrictMode>,
  )
}

/** A link says its pace; a visit without one has that of the visit before. */
function keptPace(storage: SafeStorage): Pace {
  return createSettingsStore(storage).getState().pace
}

/** Text size and theme of the operating system to the page; speed and pace to what is kept. */
function followSettings(session: Session): void {
  const { settings, playback, player } = session
  const light = matchMedia('(prefers-color-scheme: light)')
  light.addEventListener('change', () => settings.getState().setPrefersLight(light.matches))
  const sized = (): void => {
    document.documentElement.dataset['textSize'] = settings.getState().textSize
  }
  sized()
  settings.subscribe(sized)
  player.setSpeed(settings.getState().speed)
  playback.subscribe(({ pace, speed }) => settings.getState().keepPlayback({ pace, speed }))
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
