/** Puts the page into the document: one session, one frame loop, one root. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { browserFrames, FrameLoop } from '../lib/frame-loop.ts'
import { safeStorage, type SafeStorage } from '../lib/safe-storage.ts'
import { Session, type Engine } from '../store/session.ts'
import { createSettingsStore, motionIsReduced } from '../store/settings-store.ts'
import { plainLink, type LinkState } from '../store/link-state.ts'
import { FIRST } from '../store/present.ts'
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

/** Who reads and writes links is not needed to show the first scenario, and comes after it. */
export async function mount(root: HTMLElement, engine: Engine): Promise<void> {
  const storage = safeStorage(() => localStorage)
  const session = new Session({
    engine,
    storage,
    prefersLight: matchMedia('(prefers-color-scheme: light)').matches,
    link: await linkOfVisit(storage),
  })
  void import('../store/address-bar.ts').then(({ connectAddressBar, windowAddressBar }) =>
    connectAddressBar(session, windowAddressBar(window), FIRST),
  )
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
async function linkOfVisit(storage: SafeStorage): Promise<LinkState> {
  if (location.hash === '') return { ...plainLink(FIRST), pace: createSettingsStore(storage).getState().pace }
  const { readLink } = await import('../store/url.ts')
  return readLink(location.hash, FIRST)
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
