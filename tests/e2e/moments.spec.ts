/**
 * Twelve fixed moments of the stage, paused by their links, compared with pictures that are kept beside this file.
 *
 * What is compared is the stage alone (lanes and scoreboard, canvas and words) in a room of a fixed size, without motion,
 * in fonts that are named: header, dock and transport may change without a word here. Sixty pixels may differ (one in ten
 * thousand, half of the smallest block), each by more than a fifth of what black and white do. The moments lie in silences
 * of the log, so that a cost that changes a little moves none.
 * After a change that is meant: `npx playwright test moments --update-snapshots`, and look at every picture.
 */
import type { Locator, Page } from '@playwright/test'
import { expect, sizes, test } from './page.ts'

interface Moment {
  readonly name: string
  readonly link: string
}

const MOMENTS: readonly Moment[] = [
  { name: 'requests-wait-for-the-disks', link: 's=sequential-writes&t=169290&th=dark' },
  { name: 'one-lane-has-merged', link: 's=sequential-writes&t=91391&th=light' },
  { name: 'two-streams', link: 's=interleaved-streams&t=109674&th=projector' },
  { name: 'two-limits', link: 's=unequal-limits&t=324852&th=dark' },
  { name: 'busy-paths', link: 's=busy-paths&t=284750&th=light' },
  { name: 'a-slow-path', link: 's=slow-path&t=211600&th=dark' },
  { name: 'bytes-in-flight', link: 's=mixed-sizes&t=65636&th=light' },
  { name: 'a-failed-path', link: 's=failed-path&t=434747&th=dark' },
  { name: 'sixteen-fragments', link: 's=broken-fragment&t=324852&th=light' },
  { name: 'no-path-left', link: 's=no-path-left&t=50132901&th=dark' },
  { name: 'a-bad-sector', link: 's=medium-error&t=175910&th=projector' },
  { name: 'a-pulled-cable', link: 's=cable-pulled&t=17500151409&th=dark' },
]

const TOLERANCE = { maxDiffPixels: 60, threshold: 0.2 } as const

/** The stage takes a room of its own; what moves or may differ from machine to machine is fixed. */
const ROOM = `
  :root { --font: 'DejaVu Sans' !important; --mono: 'DejaVu Sans Mono' !important }
  .stage { position: fixed !important; z-index: 9; inset: 0 0 auto; height: 52rem; background: var(--page) }
  * { caret-color: transparent !important; transition: none !important }
`

async function stageAt(page: Page, link: string): Promise<Locator> {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.addInitScript((css) => {
    document.addEventListener('readystatechange', () => {
      if (document.getElementById('room') !== null) return
      const style = document.createElement('style')
      style.id = 'room'
      style.textContent = css
      document.head.append(style)
    })
  }, ROOM)
  await page.goto(`./#v1;${link}`)
  await expect(page.locator('.lane-sentence')).toHaveCount(2)
  for (const sentence of await page.locator('.lane-sentence').all()) await expect(sentence).not.toBeEmpty()
  await expect(page.locator('.score[data-row=commands] dd').first()).not.toHaveText('–')
  await page.evaluate(() => document.fonts.ready)
  return page.locator('.stage')
}

for (const { name, link } of MOMENTS)
  test(`the stage at "${name}" is as it was`, async ({ page }) => {
    await expect(await stageAt(page, link)).toHaveScreenshot(`${name}.png`, TOLERANCE)
  })

for (const size of ['projector', 'phone'] as const)
  test.describe(`on a ${size}`, () => {
    test.use({ viewport: sizes[size] })

    test('the first moment is as it was', async ({ page }) => {
      const { name, link } = MOMENTS[0]!
      await expect(await stageAt(page, link)).toHaveScreenshot(`${name}-${size}.png`, TOLERANCE)
    })
  })

test('the comparison can fail: a moment is not the one before', async ({ page }, info) => {
  const { updateSnapshots } = info.config
  test.skip(updateSnapshots === 'all' || updateSnapshots === 'changed', 'pictures are being renewed')
  const { name, link } = MOMENTS[0]!
  const stage = await stageAt(page, link)
  await page.keyboard.press('Shift+ArrowRight')
  await expect(page.locator('.lane-sentence').first()).not.toBeEmpty()
  const comparison = expect(stage).toHaveScreenshot(`${name}.png`, { ...TOLERANCE, timeout: 3000 })
  await expect(comparison).rejects.toThrow(/different/)
})
