/** The rules of WCAG 2.2 AA that a machine can check. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

export const THEMES = ['dark', 'light', 'projector'] as const

/** What an open menu, popup or dialog matches. */
export const OPEN_LAYER = 'dialog[open], [role=dialog], [role=menu]'

/**
 * The faults that axe finds, one line each: of the whole page, or only of what `within` selects, where the rest of the
 * page has been looked at in this state already.
 */
export async function faults(page: Page, within?: string): Promise<string[]> {
  const axe = new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
  const { violations } = await (within === undefined ? axe : axe.include(within)).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`))
}
