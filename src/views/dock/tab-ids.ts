/** The panels of the dock by name, in the order of their tabs; tabs.ts says what each is. */
export const DOCK_TABS = ['timeline', 'charts', 'log', 'console'] as const
export type DockTabId = (typeof DOCK_TABS)[number]
