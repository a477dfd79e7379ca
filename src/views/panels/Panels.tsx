/** The panels that open over or beside the stage, each loaded when first opened and each in a boundary of its own. */
import { lazy, Suspense, type ReactElement } from 'react'
import { useStore } from 'zustand'
import { plainLink } from '../../store/link-state.ts'
import type { Panel } from '../../store/state.ts'
import { isOpen } from '../../store/ui-store.ts'
import { fitsLink, writeLink } from '../../store/url.ts'
import { draftOf, type Workbench } from './workbench.ts'
import type { PageHands } from '../palette/page-commands.ts'
import { PanelBoundary } from './PanelBoundary.tsx'

const Editor = lazy(() => import('../editor/Editor.tsx'))
const Palette = lazy(() => import('../palette/Palette.tsx'))
const Settings = lazy(() => import('../settings/Settings.tsx'))

export interface PanelsProps extends PageHands {
  readonly bench: Workbench
}

export default function Panels({ bench, ...hands }: PanelsProps): ReactElement {
  const { session } = hands
  const { commands, storage } = bench
  const draft = draftOf(bench)
  const ui = useStore(session.ui)
  const source = useStore(session.scenario, (scenario) => scenario.source)
  const title = useStore(session.scenario, (scenario) => scenario.title)
  const close = (panel: Panel) => () => ui.close(panel)

  const run = (text: string): void => {
    session.open({ kind: 'custom', text })
    draft.wasRun(title)
  }
  const linkTo = (text: string): string | undefined => {
    const custom = { kind: 'custom', text } as const
    if (!fitsLink(custom)) return undefined
    return `${location.href.replace(/#.*$/, '')}#${writeLink(plainLink(custom))}`
  }
  return (
    <Suspense fallback={null}>
      {isOpen(ui, 'editor') ? (
        <PanelBoundary name="scenario editor" onClose={close('editor')}>
          <Editor
            draft={draft}
            source={source}
            title={title}
            onRun={run}
            linkTo={linkTo}
            onClose={close('editor')}
          />
        </PanelBoundary>
      ) : null}
      {isOpen(ui, 'settings') ? (
        <PanelBoundary name="settings" onClose={close('settings')}>
          <Settings settings={session.settings} onClose={close('settings')} />
        </PanelBoundary>
      ) : null}
      {isOpen(ui, 'palette') ? (
        <PanelBoundary name="palette" onClose={close('palette')}>
          <Palette {...hands} table={commands} storage={storage} onClose={close('palette')} />
        </PanelBoundary>
      ) : null}
    </Suspense>
  )
}
