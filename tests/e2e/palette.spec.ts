/** The command palette: by keyboard alone, from anywhere. */
import { expect, test } from './page.ts'

const MOMENT = './#v1;s=sequential-writes&t=60000'

test.beforeEach(async ({ page }) => {
  await page.goto(MOMENT)
  await expect(page.locator('.lane-sentence').first()).not.toBeEmpty()
})

test('opens a scenario by some letters of it, and remembers', async ({ page }) => {
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Do or find' })
  const field = palette.getByRole('combobox')
  await expect(field).toBeFocused()
  await page.keyboard.type('megab')
  await expect(palette.getByRole('option', { selected: true })).toContainText(
    'One megabyte, 64 KiB at a time',
  )
  await expect(palette.locator('mark').first()).toHaveText('megab')
  await page.keyboard.press('Enter')
  await expect(palette).toBeHidden()
  await expect(page).toHaveURL(/s=split-1m/)
  await page.keyboard.press('Control+k')
  await expect(palette.getByRole('option').first()).toContainText('One megabyte')
  await expect(palette.getByRole('option').first()).toContainText('recent')
})

test('does what keys do, changes the theme, shows a lane alone', async ({ page }) => {
  const palette = page.getByRole('dialog', { name: 'Do or find' })
  const choose = async (letters: string): Promise<void> => {
    await page.keyboard.press('Control+k')
    await expect(palette.getByRole('combobox')).toBeFocused()
    await page.keyboard.type(letters)
    await page.keyboard.press('Enter')
    await expect(palette).toBeHidden()
  }
  await choose('theme projector')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'projector')
  await choose('lane b alone: rq')
  await expect(page.locator('.lane')).toHaveCount(1)
  await expect(page.locator('.lane')).toHaveAttribute('data-mode', 'rq')
  await choose('this help')
  await expect(page.getByRole('dialog', { name: 'Help' })).toContainText('do or find anything')
})

test('walks with the arrows, says when nothing fits, gives the focus back', async ({ page }) => {
  const button = page.getByRole('button', { name: /^theme:/ })
  await button.focus()
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Do or find' })
  const chosen = palette.getByRole('option', { selected: true })
  const first = (await chosen.textContent()) ?? ''
  await page.keyboard.press('ArrowDown')
  await expect(chosen).not.toHaveText(first)
  await page.keyboard.press('ArrowUp')
  await expect(chosen).toHaveText(first)
  await page.keyboard.press('ArrowUp')
  await expect(chosen).toBeInViewport()
  await page.keyboard.type('qqqq')
  await expect(palette.getByRole('status')).toContainText('Nothing fits')
  await page.keyboard.press('Escape')
  await expect(palette).toBeHidden()
  await expect(button).toBeFocused()
})

test('opens with its button, too, and while somebody types', async ({ page }) => {
  await page.getByRole('button', { name: /^Find/ }).click()
  await expect(page.getByRole('dialog', { name: 'Do or find' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('e')
  await page.getByRole('textbox', { name: 'scenario as JSON' }).focus()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog', { name: 'Do or find' })).toBeVisible()
})
