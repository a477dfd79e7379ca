/** Lanes that are changed, added, removed and compared in the built page. */
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './page.ts'

async function panel(page: Page, lane = 'A'): Promise<Locator> {
  await page.goto('./#v1;s=sequential-writes&t=60000')
  await expect(page.locator('.lane-sentence').first()).not.toBeEmpty()
  await expect(page.locator('.toasts')).toBeAttached()
  await page
    .locator('.lane-chips')
    .getByRole('button', { name: new RegExp(`^${lane} `) })
    .click()
  const opened = page.getByRole('dialog', { name: 'lanes' })
  await expect(opened).toBeVisible()
  return opened
}

test('a lane goes to bio-based Linux 4.20, keeps one path there, and the link knows it', async ({ page }) => {
  const lanes = await panel(page)
  await lanes.getByLabel('kernel').selectOption('4.20')
  await expect(lanes).toContainText('keeps one path until it is lost')
  await expect(page.locator('.lane-chips')).toContainText('4.20')
  await expect(page).toHaveURL(/bio:4\.20:/)
  await page.keyboard.press('Escape')
  await page.keyboard.press('End')
  // One path for all of them: what is sequential merges there.
  await expect(page.locator('.lane').first().locator('.lane-sentence')).toContainText('became 1 command')
  await page.goBack()
  await expect(page.locator('.lane-chips')).not.toContainText('4.20')
})

test('what a kernel has not is refused in that lane, in a sentence, and can be taken back', async ({
  page,
}) => {
  const lanes = await panel(page, 'B')
  await lanes.getByLabel('kernel').selectOption('2.6.28')
  await expect(lanes.getByRole('alert')).toContainText('2.6.28')
  await lanes.getByRole('radio', { name: 'bio-based' }).check()
  await expect(lanes.getByRole('alert')).toHaveCount(0)
})

test('a third lane is added, changed, swapped and removed', async ({ page }) => {
  const lanes = await panel(page)
  await lanes.getByRole('button', { name: 'add a lane' }).click()
  await expect(page.locator('.lane')).toHaveCount(3)
  await expect(lanes.getByRole('button', { name: 'add a lane' })).toBeDisabled()
  await lanes.getByRole('radio', { name: 'one device' }).check()
  await expect(page.locator('.lane').nth(2)).toHaveAttribute('data-mode', 'single')
  await lanes.getByRole('button', { name: 'swap with A' }).click()
  await expect(page.locator('.lane').first()).toHaveAttribute('data-mode', 'single')
  await lanes.getByRole('button', { name: 'remove' }).click()
  await expect(page.locator('.lane')).toHaveCount(2)
})

test('a comparison is a choice away', async ({ page }) => {
  const lanes = await panel(page)
  await lanes.getByLabel('compare').selectOption('round-robin against service-time')
  await expect(page.locator('.lane').first()).toContainText('round-robin')
  await expect(page.locator('.lane').nth(1)).toContainText('service-time')
  await expect(page).toHaveURL(/selector=service-time/)
})
