import { expect, sizes, test } from './page.ts'

for (const [name, viewport] of Object.entries(sizes)) {
  test.describe(`on a ${name}`, () => {
    test.use({ viewport })

    test('the page opens without an error and without asking anyone outside', async ({ page }) => {
      await page.goto('./')
      await expect(page).toHaveTitle(/bioscope/)
      await expect(page.locator('#root > *').first()).toBeVisible()
    })
  })
}
