/** The rules of WCAG 2.2 AA that a machine can check. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

export const THEMES = ['dark', 'light', 'projector'] as const

/** What an open menu, popup or dialog matches. */
export const OPEN_LAYER = 'dialog[open], [role=dialog], [role=menu]'

/**
 * The faults that axe finds, one line each: of the whole page, or only of what `within` selects, where the rest of the
 * page has been looked at in this state already; `without`: not of what that selects.
 */
export async function faults(page: Page, within?: string, without?: string): Promise<string[]> {
  const axe = new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
  if (within !== undefined) axe.include(within)
  if (without !== undefined) axe.exclude(without)
  const { violations } = await axe.analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`))
}
