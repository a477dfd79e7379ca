/** What the page itself offers: every key of the table of keys, every scenario, every theme, every lane. */
import type { GalleryEntry } from '../../scenario/index.ts'
import type { Session } from '../../store/session.ts'
import { THEMES } from '../../store/settings-store.ts'
import { KEYS, type KeyAction } from '../keys.ts'
import type { Command } from './command-table.ts'

export interface PageHands {
  readonly session: Session
  readonly act: (action: KeyAction) => void
  readonly setOnly: (lane: number | undefined) => void
}

export interface PageOffers extends PageHands {
  readonly gallery: readonly GalleryEntry[]
}

export function pageCommands({ session, act, setOnly, gallery }: PageOffers): readonly Command[] {
  const { lanes } = session.scenario.getState()
  return [
    ...KEYS.filter(({ action }) => action !== 'palette').map(({ action, about, caps, group }): Command => ({
      id: `key ${action}`,
      title: about,
      group: group.toLowerCase(),
      caps,
      run: () => act(action),
    })),
    ...gallery.map(({ name, title, about }): Command => ({
      id: `scenario ${name}`,
      title,
      about,
      group: 'scenario',
      run: () => session.open({ kind: 'gallery', name }),
    })),
    ...(['auto', ...THEMES] as const).map((theme): Command => ({
      id: `theme ${theme}`,
      title: theme === 'auto' ? 'theme as the system has it' : `theme ${theme}`,
      group: 'theme',
      run: () => session.settings.getState().setTheme(theme),
    })),
    ...lanes.map(({ mode, kernel }, lane): Command => {
      const letter = String.fromCharCode(65 + lane)
      return {
        id: `lane ${letter}`,
        title: `lane ${letter} alone: ${mode} on Linux ${kernel}`,
        group: 'lane',
        run: () => setOnly(lane),
      }
    }),
  ]
}
