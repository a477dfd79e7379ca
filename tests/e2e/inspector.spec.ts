/** Following and asking: the family of an I/O, causes and effects, inspectors of things, why. */
import type { Locator, Page } from '@playwright/test'
import { THEMES, faults } from './axe.ts'
import { expect, sizes, test } from './page.ts'

const BROKEN = './#v1;s=broken-fragment&t=360000'
/** Rows of long lists after the first: axe finds in them what it has found before, slowly. */
const ALIKE = '.own-events li:nth-child(n + 30)'

async function open(page: Page, hash: string): Promise<Locator> {
  await page.goto(hash)
  await expect(page.locator('.lane-sentence').first()).not.toBeEmpty()
  // The layer that hears questions is there when its chip is.
  await expect(page.locator('.why-chip')).toBeAttached()
  return page.getByRole('complementary', { name: 'inspector' })
}

async function follow(page: Page, hash: string): Promise<Locator> {
  const inspector = await open(page, hash)
  await page.keyboard.press('f')
  await expect(inspector).toContainText('Follow: bio 1')
  return inspector
}

test('an I/O of which a piece failed shows both attempts, what failed and what was sent again', async ({
  page,
}) => {
  const inspector = await follow(page, BROKEN)
  const tree = inspector.getByRole('tree')
  await expect(tree.getByRole('treeitem', { name: 'clone → sda' })).toContainText('failed: BLK_STS_IOERR')
  await expect(tree.getByRole('treeitem', { name: 'clone, again → sdb' })).toBeVisible()
  await expect(tree.getByRole('treeitem', { name: '15 fragments' }).first()).toContainText('1 failed')
  await page.keyboard.press('End')
  await expect(inspector.locator('.sent')).toContainText('sent 2 MiB for 1 MiB asked, in 32 commands')
  await expect(inspector.locator('.stage-spans li')).toHaveText([
    /^S2Q/,
    /^Q2G/,
    /^G2D/,
    /^D2C.*sda/,
    /^queued_bios/,
    /^Q2G.*again/,
    /^G2D.*again/,
    /^D2C.*sdb.*again/,
  ])
  await inspector.getByRole('button', { name: 'lane B' }).click()
  await expect(inspector.locator('.sent')).toContainText('sent 1.06 MiB for 1 MiB asked, in 17 commands')
  await expect(inspector.locator('.compare tr', { hasText: 'commands sent' })).toContainText('3217')
})

test('attempts are shown where a path has failed', async ({ page }) => {
  const inspector = await open(page, './#v1;s=failed-path&t=400000')
  await page.keyboard.press('f')
  await expect(inspector.getByRole('treeitem', { name: 'clone → sda' })).toBeVisible()
  await inspector.getByRole('button', { name: 'lane B' }).click()
  await expect(inspector.getByRole('treeitem', { name: 'request clone → sda' })).toBeVisible()
})

test('alike pieces are one row until opened, first some, then all, by keyboard alone', async ({ page }) => {
  const inspector = await follow(page, BROKEN)
  const rows = inspector.getByRole('treeitem')
  const before = await rows.count()
  await rows.first().focus()
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowDown')
  await expect(rows.nth(3)).toBeFocused()
  await expect(rows.nth(3)).toHaveAttribute('aria-expanded', 'false')
  await page.keyboard.press('ArrowRight')
  await expect(rows).toHaveCount(before + 8 + 1 + 8)
  await expect(inspector.getByRole('treeitem', { name: 'and 7 more alike' })).toBeVisible()
  await page.keyboard.press('ArrowLeft')
  await expect(rows).toHaveCount(before)
})

test('a row of the tree leads to its moment', async ({ page }) => {
  const inspector = await follow(page, BROKEN)
  await inspector.getByRole('treeitem', { name: 'clone → sda' }).locator('b').click()
  await expect(inspector).toContainText('Follow: the clone of bio 1')
  await expect(inspector.locator('.cause-now')).toContainText('Bio 1 is cloned')
  await expect(inspector.locator('[aria-current=step]')).toHaveCount(1)
})

test('brackets go to the cause and back to what came of it', async ({ page }) => {
  const inspector = await follow(page, BROKEN)
  const now = inspector.locator('.cause-now')
  const said = await now.textContent()
  const cause = await inspector.locator('.cause').first().locator('span').textContent()
  await page.keyboard.press('[')
  await expect(now).toContainText(cause!)
  await page.keyboard.press(']')
  await expect(now).toHaveText(said!)
})

test('an I/O is followed from the log, by pointer and by key', async ({ page }) => {
  const inspector = await open(page, './#v1;s=sequential-writes&t=60000')
  await page.keyboard.press('l')
  const row = page.locator('.log-row', { hasText: 'block_bio_queue' }).first()
  await row.click({ modifiers: ['Shift'] })
  await expect(inspector).toContainText(/Follow: (bio|the clone of bio) \d+/)
  await page.keyboard.press('Escape')
  await expect(inspector).toBeHidden()
  await page.getByRole('grid', { name: 'events of the run' }).focus()
  await page.keyboard.press('Shift+Enter')
  await expect(inspector).toContainText('Follow:')
})

test('a click on a path, the map, a band and the application opens its inspector', async ({ page }) => {
  const inspector = await open(page, BROKEN)
  const lane = page.locator('.lane').first()
  await lane.locator('.path-box .box-head').first().click()
  await expect(inspector).toContainText('Path sda')
  await expect(inspector.locator('.facts', { hasText: 'fail_count' }).first()).toContainText('failed')
  await lane.locator('.dm-box .box-head').click()
  await expect(inspector).toContainText('Map mp')
  await expect(inspector.getByLabel('dmsetup status')).toContainText(
    'mp: 0 294912 multipath 2 0 0 0 1 1 A 0 2 0 8:0 F 1',
  )
  await expect(inspector.getByLabel('dmsetup table')).toContainText('queue_mode bio')
  await lane.locator('.dm-box .band-label[data-kind=choose]').click()
  await expect(inspector).toContainText('Choose path')
  await lane.locator('.row-label').first().click()
  await expect(inspector).toContainText('iopat · pid')
  await page.keyboard.press('Escape')
  await expect(inspector).toBeHidden()
})

test('on a phone, where it lies below the lane, it comes into sight', async ({ page }) => {
  await page.setViewportSize(sizes.phone)
  const inspector = await open(page, BROKEN)
  const head = page.locator('.lane .path-box .box-head')
  for (const [place, name] of ['sda', 'sdb'].entries()) {
    await head.nth(place).click()
    await expect(inspector).toContainText(`Path ${name}`)
    await expect(inspector).toBeInViewport({ ratio: 0.9 })
  }
})

test('every thing of a lane is reached by the list of things', async ({ page }) => {
  const inspector = await open(page, './#v1;s=busy-paths&t=60000000')
  await page.locator('.lane').nth(1).locator('.dm-box .box-head').click()
  const things = inspector.getByLabel('thing')
  for (const name of await things.locator('option').allTextContents()) {
    await things.selectOption({ label: name })
    await expect(inspector.locator('.facts').first()).toBeVisible()
  }
})

test('w asks why of what has the focus, an answer names function, versions, source, simplifications', async ({
  page,
}) => {
  const inspector = await open(page, BROKEN)
  await page.locator('.path-box').first().focus()
  await page.keyboard.press('w')
  await expect(inspector).toContainText('Why? A path')
  await expect(inspector).toContainText('fail_path')
  await expect(inspector).toContainText('drivers/md/dm-mpath.c')
  await expect(inspector).toContainText('section 4.7, 4.8')
  await expect(inspector.locator('.simplified')).toContainText('multipathd asks paths')
  await page.keyboard.press('Escape')
  await expect(inspector).toBeHidden()
})

test('the small "why?" beside a figure asks about it', async ({ page }) => {
  const inspector = await open(page, BROKEN)
  await page.locator('.score[data-row=commands]').hover()
  await page.getByRole('button', { name: 'why?', exact: true }).click()
  await expect(inspector).toContainText('Why? Commands')
  await expect(inspector).toContainText('simulated')
  await expect(inspector).toContainText('674.80')
})

test('what was asked on the way is found again by the arrow', async ({ page }) => {
  const inspector = await open(page, BROKEN)
  await page.locator('.lane').first().locator('.path-box .box-head').first().click()
  await inspector.getByRole('button', { name: 'fail_count' }).click()
  await expect(inspector).toContainText('Why? A path')
  await inspector.getByRole('button', { name: 'back' }).click()
  await expect(inspector).toContainText('Path sda')
})

for (const theme of THEMES)
  test(`axe finds no fault in the inspectors, ${theme}`, async ({ page }) => {
    const inspector = await follow(page, `${BROKEN}&th=${theme}`)
    for (const details of await inspector.locator('summary').all()) await details.click()
    expect(await faults(page, '.inspector', ALIKE)).toEqual([])
    await inspector.getByRole('button', { name: 'side by side' }).click()
    expect(await faults(page, '.inspector', ALIKE)).toEqual([])
    await page.locator('.lane').first().locator('.dm-box .box-head').click()
    await expect(inspector).toContainText('Map mp')
    expect(await faults(page, '.inspector', ALIKE)).toEqual([])
    await inspector.getByRole('button', { name: 'why: Flags' }).click()
    await expect(inspector).toContainText('Why?')
    expect(await faults(page, '.inspector', ALIKE)).toEqual([])
  })

for (const [name, viewport] of Object.entries(sizes))
  test.describe(`on a ${name}`, () => {
    test.use({ viewport })
    test('nothing in the inspector is wider than it', async ({ page }) => {
      const inspector = await follow(page, BROKEN)
      await expect(inspector.locator('.own-events li').first()).toBeAttached()
      const over = await inspector.evaluate((element) => element.scrollWidth - element.clientWidth)
      expect(over).toBeLessThanOrEqual(0)
    })
  })
