/** The panels of the dock, in the order of their tabs. Each loads when it is first shown: the lanes are seen before. */
import { lazy } from 'react'
import type { DockPanel } from './panel.ts'

const timeline = (): Promise<typeof import('../timeline/TimelinePanel.tsx')> =>
  import('../timeline/TimelinePanel.tsx')

const charts = (): Promise<typeof import('../charts/ChartsPanel.tsx')> => import('../charts/ChartsPanel.tsx')
const log = (): Promise<typeof import('../log/LogPanel.tsx')> => import('../log/LogPanel.tsx')
const consolePanel = (): Promise<typeof import('../console/ConsolePanel.tsx')> =>
  import('../console/ConsolePanel.tsx')

export const DOCK_PANELS: readonly DockPanel[] = [
  {
    id: 'timeline',
    title: 'Timeline',
    heightRem: 12,
    Head: lazy(() => timeline().then(({ TimelineHead }) => ({ default: TimelineHead }))),
    Body: lazy(() => timeline().then(({ TimelineBody }) => ({ default: TimelineBody }))),
  },
  {
    id: 'charts',
    title: 'Charts',
    heightRem: 30,
    Head: lazy(() => charts().then(({ ChartsHead }) => ({ default: ChartsHead }))),
    Body: lazy(() => charts().then(({ ChartsBody }) => ({ default: ChartsBody }))),
  },
  {
    id: 'log',
    title: 'Log',
    heightRem: 28,
    Head: lazy(() => log().then(({ LogHead }) => ({ default: LogHead }))),
    Body: lazy(() => log().then(({ LogBody }) => ({ default: LogBody }))),
  },
  {
    id: 'console',
    title: 'Console',
    heightRem: 18,
    Head: lazy(() => consolePanel().then(({ ConsoleHead }) => ({ default: ConsoleHead }))),
    Body: lazy(() => consolePanel().then(({ ConsoleBody }) => ({ default: ConsoleBody }))),
  },
]
