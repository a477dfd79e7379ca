/**
 * What a frame costs while the show plays with a panel of the dock open, one row per view: 1,000 I/Os in flight, 40,000 in
 * all (more than a million events in both lanes). The first row is the timeline as the page opens.
 */
import type { Page } from '@playwright/test'
import type { Row } from '../../src/cli/measure.ts'
import { measureFrames } from './page-frames.ts'

export const name = 'dock'

const DEPTH = 1000
const IOS = 40_000

const rowsOf =
  (kind: string) =>
  async (page: Page): Promise<void> => {
    await page.getByLabel('rows of the timeline').selectOption(kind)
  }
const panel =
  (key: string, more?: (page: Page) => Promise<void>) =>
  async (page: Page): Promise<void> => {
    await page.keyboard.press(key)
    await page.locator('.dock [data-focus=panel]').waitFor()
    await more?.(page)
  }

export async function run(): Promise<Row[]> {
  const views: readonly [what: string, prepare?: (page: Page) => Promise<void>][] = [
    ['timeline of I/Os'],
    ['timeline of devices', rowsOf('devices')],
    ['timeline of tasks', rowsOf('tasks')],
    ['timeline with a range', async (page) => page.keyboard.press('i')],
    ['charts', panel('c')],
    ['log that follows', panel('l')],
    ['log with a search', panel('/', async (page) => page.keyboard.type('nullb0 merge'))],
  ]
  return measureFrames(
    views.map(([what, prepare]) => ({ what, depth: DEPTH, ios: IOS, ...(prepare && { prepare }) })),
  )
}
