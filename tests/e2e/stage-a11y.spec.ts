/** Every theme and panel against the rules of axe.ts. */
import { THEMES, OPEN_LAYER, faults } from './axe.ts'
import { expect, test } from './page.ts'

const MOMENT = './#v1;s=busy-paths&t=60000000'

for (const theme of THEMES) {
  test.describe(`in the ${theme} theme`, () => {
    test.beforeEach(async ({ page }) => {
      await page.goto(`${MOMENT}&th=${theme}`)
      await expect(page.locator('.lane-sentence').first()).not.toBeEmpty()
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    })

    test('the stage, the menu, the inspector and the help have no fault that axe finds', async ({ page }) => {
      expect(await faults(page)).toEqual([])
      await page.keyboard.press('s')
      await expect(page.getByRole('menu')).toBeVisible()
      expect(await faults(page, OPEN_LAYER)).toEqual([])
      await page.keyboard.press('Escape')
      await page.keyboard.press('f')
      await expect(page.getByRole('complementary', { name: 'inspector' })).toBeVisible()
      expect(await faults(page)).toEqual([])
      await page.keyboard.press('?')
      await expect(page.getByRole('dialog')).toBeVisible()
      expect(await faults(page, OPEN_LAYER)).toEqual([])
    })
  })
}

test('the live region speaks the event when the show is stepped', async ({ page }) => {
  await page.goto('./#v1;s=sequential-writes&t=60000')
  await expect(page.locator('.lane-sentence').first()).not.toBeEmpty()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('status').filter({ hasText: 'Lane' })).toContainText(/Lane [AB]: .+\./)
})
