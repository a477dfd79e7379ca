/** What holds for every panel: contrast and names by axe in each theme, forced colours, kept settings, one Esc at a time. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './page.ts'

const MOMENT = './#v1;s=busy-paths&t=60000000'

async function faults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`))
}

async function arrive(page: Page, theme: string): Promise<void> {
  await page.goto(`${MOMENT}&th=${theme}`)
  await expect(page.locator('.lane-sentence').first()).not.toBeEmpty()
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
}

for (const theme of ['dark', 'light', 'projector'])
  test(`editor, palette and settings have no fault that axe finds in the ${theme} theme`, async ({
    page,
  }) => {
    await arrive(page, theme)
    await page.keyboard.press('e')
    const editor = page.getByRole('complementary', { name: 'scenario editor' })
    await expect(editor.locator('.editor-verdict')).toContainText('It can run')
    await editor.getByText('every word of it').click()
    await editor.getByText('more of sda').click()
    expect(await faults(page)).toEqual([])
    await editor.getByRole('textbox', { name: 'scenario as JSON' }).fill('{ "devices": [{ "driver": 5 }] }')
    await expect(editor.locator('.editor-verdict')).toContainText('line 1')
    expect(await faults(page)).toEqual([])
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('dialog')).toBeVisible()
    expect(await faults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.keyboard.press(',')
    await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible()
    expect(await faults(page)).toEqual([])
  })

test('settings are kept: theme, motion, text size, pace and speed', async ({ page }) => {
  await page.goto('./')
  await expect(page.locator('.lane-sentence').first()).not.toBeEmpty()
  const size = (): Promise<number> =>
    page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize))
  const before = await size()
  await page.keyboard.press(',')
  await page.getByRole('radio', { name: /^projector/ }).check()
  await page.getByRole('radio', { name: /^reduced/ }).check()
  await page.getByRole('radio', { name: 'large', exact: true }).check()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('radio', { name: /^projector/ })).toBeHidden()
  await page.keyboard.press('+')
  await page.keyboard.press('p')
  await expect(page.getByRole('button', { name: 'real ratio' })).toHaveAttribute('aria-pressed', 'true')
  await page.goto('about:blank')
  await page.goto('./')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'projector')
  await expect.poll(size).toBeCloseTo(before * 1.15, 1)
  await expect(page.getByRole('button', { name: 'real ratio' })).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press(',')
  await expect(page.getByRole('radio', { name: /^reduced/ })).toBeChecked()
})

test('the theme follows the system until one is chosen', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto('./')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
})

test('Esc closes the topmost, one at a time, and the focus goes back each time', async ({ page }) => {
  await arrive(page, 'dark')
  await page.keyboard.press('f')
  const inspector = page.getByRole('complementary', { name: 'inspector' })
  await expect(inspector).toBeVisible()
  await page.keyboard.press('e')
  const editor = page.getByRole('complementary', { name: 'scenario editor' })
  await expect(editor).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Help' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog', { name: 'Help' })).toBeHidden()
  await expect(editor).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(editor).toBeHidden()
  await expect(inspector).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(inspector).toBeHidden()
})

test('a dialog keeps the focus', async ({ page }) => {
  await arrive(page, 'dark')
  await page.keyboard.press(',')
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  await expect(dialog).toBeVisible()
  for (let tabs = 0; tabs < 12; tabs++) {
    await page.keyboard.press('Tab')
    const outside = await page.evaluate(
      () => document.activeElement !== document.body && document.activeElement?.closest('dialog') === null,
    )
    expect(outside).toBe(false)
  }
})

test('colours that the system forces reach the canvas', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'light' })
  await arrive(page, 'dark')
  const inks = await page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('.lane-canvas')!
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
    const seen = new Set<string>()
    for (let at = 0; at < data.length; at += 4)
      if (data[at + 3] === 255) seen.add([data[at], data[at + 1], data[at + 2]].join(','))
    return [...seen]
  })
  expect(inks).toContain('0,0,0')
  // Text of the dark theme.
  expect(inks).not.toContain('230,237,243')
  expect(await faults(page)).toEqual([])
})

test('a panel that breaks leaves the rest alone', async ({ page, complaints }) => {
  await arrive(page, 'dark')
  await page.evaluate(() => {
    JSON.stringify = () => {
      throw new Error('the pencil broke')
    }
  })
  await page.keyboard.press('e')
  const told = page.getByRole('alert').filter({ hasText: 'scenario editor stopped' })
  await expect(told).toContainText('the pencil broke')
  await expect(told.getByRole('button', { name: 'Copy details' })).toBeVisible()
  await expect(page.locator('.lane-sentence').first()).not.toBeEmpty()
  await told.getByRole('button', { name: 'Close' }).click()
  await expect(told).toBeHidden()
  complaints.length = 0
})
