/** Breaking things in the built page: menus, branches, undo, links; by mouse, by keyboard alone, by touch. */
import type { Locator, Page } from '@playwright/test'
import { THEMES, OPEN_LAYER, faults } from './axe.ts'
import { expect, sizes, test } from './page.ts'

/** In the middle of sixteen writes over two paths. */
const MOMENT = './#v1;s=busy-paths&t=60000'

async function settled(page: Page): Promise<void> {
  for (const sentence of await page.locator('.lane-sentence').all()) await expect(sentence).not.toBeEmpty()
  await expect(page.locator('.toasts')).toBeAttached()
}

async function opened(page: Page, address: string = MOMENT): Promise<void> {
  await page.goto(address)
  await settled(page)
}

function path(page: Page, name: string, lane = 0): Locator {
  return page
    .locator('.lane')
    .nth(lane)
    .getByRole('group', { name: `path ${name},` })
}

async function menuOf(page: Page, target: Locator): Promise<Locator> {
  await target.click({ button: 'right', position: { x: 60, y: 10 } })
  const menu = page.getByRole('menu', { name: 'what can be done' })
  await expect(menu).toBeVisible()
  return menu
}

async function choose(page: Page, target: Locator, name: RegExp): Promise<void> {
  const menu = await menuOf(page, target)
  await menu.getByRole('menuitem', { name }).click()
  await expect(menu).toBeHidden()
}

/** Plays nothing: stands at the next failure. */
async function toFailure(page: Page): Promise<void> {
  await page.keyboard.press('u')
  await page.getByRole('button', { name: 'the next failure' }).click()
}

async function goTo(page: Page, time: string): Promise<void> {
  await page.keyboard.press('u')
  await page.getByLabel('a time with its unit').fill(time)
  await page.keyboard.press('Enter')
  await expect(page.locator('.clock')).toHaveText(`t = ${parseInt(time)}.000 µs`)
}

test('failing a path from its menu forks; undo brings the old future, redo the new one', async ({ page }) => {
  await opened(page)
  const state = path(page, 'sda').locator('.path-state')
  await expect(state).toHaveText(/^A/)
  const menu = await menuOf(page, path(page, 'sda'))
  await expect(menu.getByRole('menuitem', { name: 'Fail path sda' })).toContainText(
    'dmsetup message mp 0 "fail_path 8:0"',
  )
  await menu.getByRole('menuitem', { name: 'Fail path sda' }).click()
  await expect(page.locator('.toast code')).toHaveText('dmsetup message mp 0 "fail_path 8:0"')
  await expect(page.locator('.branch-dot')).toHaveCount(2)
  await toFailure(page)
  await expect(state).toHaveText(/^F/)
  await goTo(page, '200 us')
  await expect(state).toHaveText(/^F/)
  await expect(path(page, 'sda', 1).locator('.path-state')).toHaveText(/^F/)
  await page.keyboard.press('Control+z')
  await expect(state).toHaveText(/^A/)
  await expect(page.locator('.branch-dot').first()).toHaveAttribute('aria-current', 'true')
  await page.keyboard.press('Control+y')
  await expect(state).toHaveText(/^F/)
})

test('a cut cable is a command in the log, on the scrubber and in the menu, which offers to plug it in', async ({
  page,
}) => {
  await opened(page)
  await choose(page, path(page, 'sda'), /Cut the cable of sda/)
  await expect(page.locator('.scrub-mark[title*="cable of sda"]').first()).toBeAttached()
  await goTo(page, '200 us')
  const menu = await menuOf(page, path(page, 'sda'))
  await expect(menu.getByRole('menuitem', { name: 'Plug the cable of sda in' })).toContainText('link sda up')
  await page.keyboard.press('Escape')
  await expect(menu).toBeHidden()
})

test('what is done while the show stands is seen at once', async ({ page }) => {
  await opened(page)
  const sda = path(page, 'sda')
  await sda.focus()
  await page.keyboard.press('x')
  await expect(page.locator('.toast code')).toHaveText('link sda down')
  await expect(page.locator('.clock')).toHaveText('t = 60.001 µs')
  for (const lane of [0, 1])
    await expect(path(page, 'sda', lane).locator('.path-state')).toHaveText('A · cable out')
  await expect(page.locator('.lane-sentence').first()).toContainText('sda has its cable out')
  const menu = await menuOf(page, sda)
  await expect(menu.getByRole('menuitem', { name: 'Plug the cable of sda in' })).toContainText('link sda up')
  await page.keyboard.press('Escape')
  await sda.focus()
  await page.keyboard.press('x')
  await expect(page.locator('.toast code')).toHaveText('link sda up')
  await expect(page.locator('.clock')).toHaveText('t = 60.002 µs')
  await expect(path(page, 'sda').locator('.path-state')).toHaveText('A')
})

test('in a pinned lane it is done there alone, and the message undoes it there', async ({ page }) => {
  await opened(page, './#v1;s=busy-paths&l=bio:6.12:1|rq:6.12:1:pin=0&t=60000')
  await choose(page, path(page, 'sda', 1), /Fail path sda/)
  const toast = page.locator('.toast')
  await expect(toast).toContainText('in lane B alone')
  await toFailure(page)
  await expect(path(page, 'sda', 1).locator('.path-state')).toHaveText(/^F/)
  await expect(path(page, 'sda', 0).locator('.path-state')).toHaveText(/^A/)
  await toast.getByRole('button', { name: 'Undo' }).click()
  await expect(path(page, 'sda', 1).locator('.path-state')).toHaveText(/^A/)
  await expect(toast).toBeHidden()
})

test('a menu is walked by keys alone, and gives the focus back', async ({ page }) => {
  await opened(page)
  const sdb = path(page, 'sdb')
  await sdb.focus()
  await page.keyboard.press('m')
  const menu = page.getByRole('menu', { name: 'sdb: what can be done' })
  await expect(menu.getByRole('menuitem', { name: 'Cut the cable of sdb' })).toBeFocused()
  await page.keyboard.press('q')
  await expect(menu.getByRole('menuitem', { name: 'Queue of sdb' })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  const schedulers = page.getByRole('menu', { name: 'scheduler of sdb' })
  await expect(schedulers.getByRole('menuitemradio').first()).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Escape')
  await expect(sdb).toBeFocused()
  await page.keyboard.press('x')
  await expect(page.locator('.toast code')).toHaveText('link sdb down')
  await page.keyboard.press('v')
  const branches = page.getByRole('dialog', { name: 'branches' })
  await expect(branches).toContainText('link sdb down')
  await page.keyboard.press('Escape')
  await expect(branches).toBeHidden()
})

test('a step back after a step forwards is where it was, in a branch, too', async ({ page }) => {
  await opened(page)
  await choose(page, path(page, 'sdb'), /Fail path sdb/)
  await expect(page.locator('.branch-dot')).toHaveCount(2)
  const here = async (): Promise<readonly string[]> => [
    await page.locator('.clock').innerText(),
    ...(await page.locator('.path-state, .small-count, .score dd, .lane-sentence').allInnerTexts()),
  ]
  await expect(page.locator('.clock')).toHaveText('t = 60.001 µs')
  await page.keyboard.press('ArrowRight')
  await expect(page.locator('.clock')).not.toHaveText('t = 60.001 µs')
  const first = await here()
  for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowRight')
  for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowLeft')
  await expect.poll(here).toEqual(first)
})

test('a link with actions opens the same, and the back button leaves the branch', async ({
  page,
  context,
}) => {
  await opened(page)
  await choose(page, path(page, 'sda'), /Fail path sda/)
  await expect(page.locator('.branch-dot')).toHaveCount(2)
  await page.keyboard.press('End')
  const sentences = page.locator('.lane-sentence')
  await expect(sentences.first()).toContainText('Done')
  const said = await sentences.allInnerTexts()
  await expect(page).toHaveURL(/fail_path/)
  await expect(page).not.toHaveURL(/t=6000[01](&|$)/)
  const other = await context.newPage()
  await other.goto(page.url())
  await settled(other)
  await expect(other.locator('.branch-dot')).toHaveCount(2)
  await expect.poll(() => other.locator('.lane-sentence').allInnerTexts()).toEqual(said)
  await page.goBack()
  await expect(page.locator('.branch-dot').first()).toHaveAttribute('aria-current', 'true')
})

test('branches are named, compared in a lane of their own, and deleted', async ({ page }) => {
  await opened(page)
  await choose(page, path(page, 'sda'), /Fail path sda/)
  await page.getByRole('button', { name: 'list of branches' }).click()
  const panel = page.getByRole('dialog', { name: 'branches' })
  await panel.getByRole('button', { name: /^rename/ }).click()
  await panel.getByRole('textbox').fill('sda is gone')
  await page.keyboard.press('Enter')
  await expect(panel).toContainText('sda is gone')
  await panel.getByRole('button', { name: 'compare as written' }).click()
  await expect(page.locator('.lane')).toHaveCount(3)
  await panel.getByRole('button', { name: 'delete sda is gone' }).click()
  await expect(page.locator('.branches')).toHaveCount(0)
})

test('a medium error is offered for the sectors of an I/O, and a wrong number is said', async ({ page }) => {
  await opened(page)
  const menu = await menuOf(page, path(page, 'sda'))
  await menu.getByRole('menuitem', { name: 'Medium error' }).click()
  const form = page.getByRole('dialog', { name: 'Medium error on sda' })
  await expect(form).toContainText(/inject sda medium_error \d+ 8 writes/i)
  await form.getByLabel('sectors (512 B)').fill('none')
  await expect(form).toContainText('write a whole number from 1')
  await form.getByLabel('sectors (512 B)').fill('16')
  await form.getByRole('button', { name: 'Do it now' }).click()
  await expect(page.locator('.toast code')).toContainText('16 writes')
})

test('what cannot be done says why', async ({ page }) => {
  await opened(page)
  const dm = page.locator('.lane').first().locator('.dm-box')
  const menu = await menuOf(page, dm)
  const resume = menu.getByRole('menuitem', { name: 'Resume' })
  await expect(resume).toHaveAttribute('aria-disabled', 'true')
  await expect(resume).toContainText('it is not suspended')
  await menu.getByRole('menuitem', { name: 'Suspend: wait' }).click()
  await expect(page.locator('.toast code')).toHaveText('dmsetup suspend mp')
})

test('a path can be broken from the foot of the page', async ({ page }) => {
  await opened(page)
  await page.getByRole('button', { name: 'break a path' }).click()
  await page.getByRole('menuitem', { name: 'Cut the cable of sdb' }).click()
  await expect(page.locator('.branch-dot')).toHaveCount(2)
})

test('run until the first failure stands where it is, and a time is read with its unit', async ({ page }) => {
  await opened(page)
  await choose(page, path(page, 'sda'), /Fail path sda/)
  await page.keyboard.press('Home')
  await toFailure(page)
  await expect(path(page, 'sda').locator('.path-state')).toHaveText(/^F/)
  await goTo(page, '700 us')
})

test.describe('on a phone', () => {
  test.use({ viewport: sizes.phone, hasTouch: true })

  test('a long press opens the menu as a sheet with rows for fingers', async ({ page }) => {
    await opened(page)
    const box = (await path(page, 'sda').boundingBox())!
    const at = {
      clientX: box.x + 60,
      clientY: box.y + 10,
      pointerType: 'touch',
      isPrimary: true,
      bubbles: true,
    }
    await path(page, 'sda').dispatchEvent('pointerdown', at)
    const menu = page.getByRole('menu', { name: 'sda: what can be done' })
    await expect(menu).toBeVisible()
    const heights = await menu
      .getByRole('menuitem')
      .evaluateAll((items) => items.map((item) => item.getBoundingClientRect().height))
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(24)
  })
})

for (const theme of THEMES)
  test(`menus and panels have no fault that axe finds, ${theme}`, async ({ page }) => {
    await opened(page, `${MOMENT}&th=${theme}`)
    await choose(page, path(page, 'sda'), /Fail path sda/)
    await expect(page.locator('.branch-dot')).toHaveCount(2)
    expect(await faults(page)).toEqual([])
    const menu = await menuOf(page, path(page, 'sdb'))
    expect(await faults(page, OPEN_LAYER)).toEqual([])
    await menu.getByRole('menuitem', { name: 'Medium error' }).click()
    await expect(page.getByRole('dialog', { name: 'Medium error' })).toBeVisible()
    expect(await faults(page, OPEN_LAYER)).toEqual([])
    await page.keyboard.press('Escape')
    for (const [key, name] of [
      ['v', 'branches'],
      ['a', 'lanes'],
      ['u', 'run until'],
    ] as const) {
      await page.keyboard.press(key)
      await expect(page.getByRole('dialog', { name, exact: true })).toBeVisible()
      expect(await faults(page, OPEN_LAYER)).toEqual([])
      await page.keyboard.press('Escape')
    }
  })
