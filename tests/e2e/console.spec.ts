/** The console of the built page: what is typed, completed, answered and kept. */
import type { Locator, Page } from '@playwright/test'
import { faults } from './axe.ts'
import { expect, test } from './page.ts'

async function prompt(page: Page, hash = 'v1;s=busy-paths&t=60000'): Promise<Locator> {
  await page.goto(`./#${hash}`)
  await expect(page.locator('.lane-sentence').first()).not.toBeEmpty()
  await page.keyboard.press('`')
  const line = page.getByRole('textbox', { name: 'command' })
  await expect(line).toBeFocused()
  return line
}

async function typed(page: Page, text: string): Promise<Locator> {
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
  const last = page.locator('.console-entry').last()
  await expect(last.locator('.console-typed code')).toHaveText(text)
  return last
}

test('questions are answered as the tools print them, for the lane that is asked', async ({ page }) => {
  await prompt(page)
  const status = await typed(page, 'dmsetup status')
  // target/multipath: features, handler, groups, then per path dev, state, fail count.
  await expect(status.locator('pre')).toHaveText(
    /^mp: 0 294912 multipath 2 0 0 0 1 1 A 0 2 0 8:0 A 0 8:16 A 0\s*$/,
  )
  const table = await typed(page, 'dmsetup table')
  await expect(table.locator('pre')).toContainText('queue_mode bio')
  await page.getByLabel('lane that is asked').selectOption('1')
  await page.getByRole('textbox', { name: 'command' }).focus()
  const other = await typed(page, 'dmsetup table')
  await expect(other.locator('pre')).not.toContainText('queue_mode bio')
  await expect(other.locator('.console-typed')).toContainText('B 60.000 µs $')
})

test('an unknown command is one sentence with the nearest known', async ({ page }) => {
  await prompt(page)
  const wrong = await typed(page, 'dmsteup status')
  await expect(wrong.locator('p')).toHaveText('"dmsteup" is no command here; did you mean "dmsetup".')
  await expect(page.locator('.branches')).toHaveCount(0)
})

test('a command that acts forks, and the next answer knows of it', async ({ page }) => {
  await prompt(page)
  await typed(page, 'dmsetup message mp 0 "fail_path 8:0"')
  await expect(page.locator('.branch-dot')).toHaveCount(2)
  await page.locator('.lane').first().focus()
  await page.keyboard.press('u')
  await page.getByRole('button', { name: 'the next failure' }).click()
  await page.keyboard.press('`')
  await expect(page.getByRole('textbox', { name: 'command' })).toBeFocused()
  const status = await typed(page, 'dmsetup status')
  await expect(status.locator('pre')).toContainText('8:0 F 1')
})

test('Tab completes, the arrows recall, Ctrl L clears, and the history survives a reload', async ({
  page,
}) => {
  const line = await prompt(page)
  await page.keyboard.type('dmsetup sus')
  await page.keyboard.press('Tab')
  await expect(line).toHaveValue('dmsetup suspend ')
  await line.fill('link s')
  await page.keyboard.press('Tab')
  await expect(line).toHaveValue('link sd')
  const words = page.getByRole('listbox')
  await expect(words.getByRole('option')).toHaveText(['sda', 'sdb'])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(line).toHaveValue('link sdb ')
  await line.fill('')
  await typed(page, 'help dmsetup')
  await page.keyboard.press('ArrowUp')
  await expect(line).toHaveValue('help dmsetup')
  await page.keyboard.press('ArrowDown')
  await expect(line).toHaveValue('')
  await page.keyboard.press('Control+l')
  await expect(page.locator('.console-entry')).toHaveCount(0)
  await page.reload()
  await expect(page.locator('.lane-sentence').first()).not.toBeEmpty()
  await page.keyboard.press('`')
  await expect(line).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await expect(line).toHaveValue('help dmsetup')
})

test('a fio file that is pasted runs', async ({ page }) => {
  const line = await prompt(page)
  await line.fill('[job]\nrw=write\nbs=4k\nsize=64k\n')
  await page.keyboard.press('Enter')
  await expect(page.locator('.console-entry').last()).toHaveAttribute('data-state', 'acted')
  await expect(page.locator('.branch-dot')).toHaveCount(2)
})

for (const theme of ['dark', 'light', 'projector'])
  test(`the console has no fault that axe finds, ${theme}`, async ({ page }) => {
    await prompt(page, `v1;s=busy-paths&t=60000&th=${theme}`)
    await expect((await typed(page, 'multipath -ll')).locator('pre')).toContainText('policy=')
    await typed(page, 'nonsense')
    await page.keyboard.type('link s')
    await page.keyboard.press('Tab')
    await expect(page.getByRole('listbox')).toBeVisible()
    expect(await faults(page)).toEqual([])
  })

test('a command that the machine refuses is answered as the tool answers', async ({ page }) => {
  await prompt(page)
  const write = await typed(page, 'echo 3 > /sys/block/sda/queue/nr_requests')
  await expect(write).toContainText('bash: echo: write error: Invalid argument')
  const table = await typed(page, 'dmsetup reload mp --table "0 9 multipath 0 0 1 1 rund-robin 0 1 1 8:16 1"')
  await expect(table).toContainText('device-mapper: reload ioctl failed: Invalid argument')
  await expect(table).toContainText('is not a path selector')
  // The first was typed and changes nothing; the second no lane can run.
  await expect(page.locator('.branch-dot')).toHaveCount(2)
  await expect(page.locator('.banner')).toBeHidden()
})

test('what is typed while the console is still loading is for it, and no key of the page', async ({
  page,
}) => {
  let arrive: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    arrive = resolve
  })
  await page.route(/ConsolePanel-.*\.js$/, async (route) => {
    await held
    await route.continue()
  })
  await page.goto('./#v1;s=slow-path&t=300000&th=dark')
  await expect(page.locator('.lane-sentence').first()).not.toBeEmpty()
  await page.keyboard.press('`')
  await expect(page.locator('.dock')).toHaveAttribute('data-tab', 'console')
  await page.keyboard.type('dmsetup lss')
  await page.keyboard.press('Backspace')
  arrive()
  await expect(page.getByRole('textbox', { name: 'command' })).toHaveValue('dmsetup ls')
  // `d`, `m`, `p`, `t`, `s` and `u` are keys of the page.
  await expect(page.getByRole('button', { name: 'story pace' })).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByRole('button', { name: 'Maximise dock' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
})
