/** The scenario editor as somebody uses it: change, see what is wrong and where, run, lose nothing. */
import type { Locator, Page } from '@playwright/test'
import { faults } from './axe.ts'
import { expect, sizes, test } from './page.ts'

const SPLIT = './#v1;s=split-1m&t=900000'
const FIO = '[global]\nioengine=libaio\ndirect=1\n\n[writer]\nrw=write\nbs=64k\nsize=1m\n'
const TABLE = 'mpatha: 0 2097152 multipath 1 queue_if_no_path 0 1 1 service-time 0 2 2 8:16 1 1 8:32 1 1'

async function openEditor(page: Page, at = SPLIT): Promise<Locator> {
  await page.goto(at)
  await expect(page.locator('.lane-sentence').first()).not.toBeEmpty()
  await page.keyboard.press('e')
  const editor = page.getByRole('complementary', { name: 'scenario editor' })
  await expect(editor.locator('.editor-verdict')).toContainText('It can run')
  return editor
}

const json = (editor: Locator): Locator => editor.getByRole('textbox', { name: 'scenario as JSON' })
const verdict = (editor: Locator): Locator => editor.locator('.editor-verdict')
const status = (editor: Locator): Locator => editor.locator('.editor-said')

/** What the browser does when a text is pasted where the focus is. */
async function paste(where: Locator, text: string): Promise<void> {
  await where.evaluate((element, pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text', pasted)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
}

async function drop(page: Page, name: string, text: string): Promise<void> {
  await page.evaluate(
    ([fileName, content]) => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File([content!], fileName!))
      for (const type of ['dragover', 'drop'])
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
    },
    [name, text],
  )
}

test('a limit that is changed and run names the cut on the stage', async ({ page }) => {
  const editor = await openEditor(page)
  const limits = editor.getByLabel('max_sectors_kb')
  await expect(limits).toHaveCount(2)
  await limits.first().fill('32')
  await limits.last().fill('32')
  await expect(json(editor)).toHaveValue(/"max_sectors_kb": 32/)
  await page.keyboard.press('Control+Enter')
  await expect(page).toHaveURL(/x=/)
  await expect(page.locator('.score[data-row=splits] dd').first()).toHaveText('31')
  await editor.getByRole('button', { name: /Close/ }).click()
  await expect(editor).toBeHidden()
  await page.keyboard.press('Home')
  await expect
    .poll(
      async () => {
        await page.keyboard.press('ArrowRight')
        return (await page.locator('.lane-sentence').allTextContents()).join(' ')
      },
      // A step each time: a second between them is too long for a dozen.
      { intervals: [50] },
    )
    .toContain('max_sectors_kb 32')
})

test('broken JSON is told with line and column, the form waits, the page lives', async ({ page }) => {
  const editor = await openEditor(page)
  await json(editor).fill('{\n  "devices": [,]\n}')
  await expect(verdict(editor)).toContainText('line 2, column 15')
  await expect(editor.locator('.editor-waiting')).toContainText('line 2, column 15')
  await expect(editor.locator('.code-fault')).toHaveCount(1)
  await json(editor).fill('{\n  "devices": [{ "driver": "floppy" }],\n  "tasks": [{ "do": [] }]\n}')
  await expect(verdict(editor)).toContainText(/line 2, column 17 devices\[0\]\.driver: "floppy" does not fit/)
  await editor.getByRole('button', { name: 'Run it' }).click()
  await expect(json(editor)).toBeFocused()
  expect(await json(editor).evaluate((area: HTMLTextAreaElement) => area.selectionStart)).toBe(18)
  await expect(page.locator('.lane-sentence').first()).not.toBeEmpty()
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await expect(verdict(editor)).toContainText('It can run')
})

test('a table line is explained at the caret and marked at the wrong word', async ({ page }) => {
  const editor = await openEditor(page)
  const line = editor.getByRole('textbox', { name: /table line/ })
  await line.focus()
  await page.keyboard.press('Control+Home')
  await expect(editor.locator('.edit-word')).toContainText('word 1: start: the first sector')
  await page.keyboard.press('Control+End')
  await expect(editor.locator('.edit-word')).toContainText('repeat count of sdb')
  await line.fill('0 294912 multipath 2 queue_mode {mode} 0 1 1 round-rabbit 0 2 1 8:0 1 8:16 1')
  await expect(editor.locator('.edit-table .edit-fault')).toContainText('Word 10: "round-rabbit"')
  await expect(editor.locator('.edit-table-marks [data-wrong=true]')).toHaveText('round-rabbit')
  await expect(verdict(editor)).toContainText('dm.table, word 10')
  await line.fill('0 294912 multipath 2 queue_mode {mode} 0 1 1 queue-length 0 2 1 8:0 1 8:16 1')
  await expect(verdict(editor)).toContainText('It can run')
})

test('a fio job that is pasted becomes a scenario that runs, its mistakes are at their lines', async ({
  page,
}) => {
  const editor = await openEditor(page)
  await paste(json(editor), FIO)
  await expect(status(editor)).toContainText('From a fio job file. Assumed:')
  await expect(verdict(editor)).toContainText('It can run')
  const job = editor.getByRole('textbox', { name: 'fio job file' })
  await job.fill(FIO.replace('bs=64k', 'bsize=64k'))
  await expect(editor.locator('.edit-fio .edit-fault')).toContainText('line 7: "bsize"')
  await job.fill(FIO)
  await editor.getByRole('button', { name: 'Run it' }).click()
  await expect(page.locator('.scenario-title')).toContainText('fio-job')
})

test('files that are dropped become drafts: a table, a scenario; too much and nonsense are refused', async ({
  page,
}) => {
  await page.goto(SPLIT)
  await expect(page.locator('.lane-sentence').first()).not.toBeEmpty()
  await drop(page, 'table.txt', TABLE)
  const editor = page.getByRole('complementary', { name: 'scenario editor' })
  await expect(status(editor)).toContainText('From a line of dmsetup table. Assumed:')
  await expect(json(editor)).toHaveValue(/queue_mode \{mode\}/)
  await expect(verdict(editor)).toContainText('It can run')
  await drop(page, 'scenario.json', '{ "devices": [{}], "tasks": [{ "do": [] }], "seed": 77 }')
  await expect(editor.getByLabel('seed')).toHaveValue('77')
  await drop(page, 'photo.raw', 'x'.repeat(5_000_000))
  await expect(status(editor)).toContainText(
    /The file photo\.raw has .* characters; the editor takes up to 400,000/,
  )
  await drop(page, 'letter.txt', 'Dear Sir or Madam')
  await expect(status(editor)).toContainText('The file letter.txt is none of what the editor reads')
  await expect(editor.getByLabel('seed')).toHaveValue('77')
})

test('five million letters are refused at once, and the largest text that is taken can be typed in', async ({
  page,
}) => {
  const editor = await openEditor(page)
  await paste(json(editor), '{'.repeat(5_000_000))
  await expect(status(editor)).toContainText('has 5,000,000 characters')
  await json(editor).fill('[{"a":1},'.repeat(44_000))
  await expect(verdict(editor)).toContainText('line 1, column')
  await json(editor).focus()
  const before = Date.now()
  await page.keyboard.press('Home')
  await page.keyboard.press('x')
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  const tookMs = Date.now() - before
  expect(tookMs).toBeLessThan(2000)
})

test('a draft survives a reload, and gives way when asked to', async ({ page }) => {
  let editor = await openEditor(page)
  await editor.getByLabel('seed').fill('4711')
  await expect(json(editor)).toHaveValue(/"seed": 4711/)
  await page.reload()
  await expect(page.locator('.lane-sentence').first()).not.toBeEmpty()
  await page.keyboard.press('e')
  editor = page.getByRole('complementary', { name: 'scenario editor' })
  await expect(status(editor)).toContainText('still here')
  await expect(editor.getByLabel('seed')).toHaveValue('4711')
  await editor.getByRole('button', { name: 'Edit what is shown instead' }).click()
  await expect(editor.getByLabel('seed')).toHaveValue('')
  await editor.getByRole('button', { name: 'Undo' }).click()
  await expect(editor.getByLabel('seed')).toHaveValue('4711')
})

test('paths and steps are added, copied, moved and taken out; every change can be undone', async ({
  page,
}) => {
  const editor = await openEditor(page)
  const began = await json(editor).inputValue()
  await editor.getByRole('button', { name: 'duplicate sda' }).click()
  await expect(editor.getByRole('heading', { name: 'Paths (3)' })).toBeVisible()
  await expect(editor.getByRole('textbox', { name: /table line/ })).toHaveValue(
    /round-robin 0 3 1 8:0 1 8:16 1 8:32 1/,
  )
  await editor.getByLabel('add a step').selectOption({ label: 'sleep_ns: sleeps' })
  await editor.getByRole('textbox', { name: 'sleep_ns' }).fill('5ms')
  await expect(json(editor)).toHaveValue(/"sleep_ns": 5000000/)
  await editor.getByRole('button', { name: 'step 3 of task main: earlier' }).click()
  await expect(json(editor)).toHaveValue(/"sleep_ns": 5000000 \},?\s*\{ "io": "wait"/)
  await editor.getByRole('button', { name: 'step 2 of task main: remove' }).click()
  await expect(json(editor)).not.toHaveValue(/sleep_ns/)
  await expect(verdict(editor)).toContainText('It can run')
  const undo = editor.getByRole('button', { name: 'Undo' })
  while (await undo.isEnabled()) await undo.click()
  await expect(json(editor)).toHaveValue(began)
})

test('lists within a step are edited row by row: I/Os of a list, jobs of fio, steps that repeat', async ({
  page,
}) => {
  const editor = await openEditor(page)
  await editor.getByLabel('add a step').selectOption('I/O list')
  const rows = editor.getByRole('listitem', { name: /^items \d+$/ })
  await expect(rows).toHaveCount(1)
  await editor.getByRole('button', { name: 'add to items' }).click()
  await rows.nth(1).getByRole('textbox', { name: 'offset' }).fill('1m')
  await expect(json(editor)).toHaveValue(/"items": \[[^\]]*"offset": 1048576[^\]]*\]/)
  await editor.getByRole('button', { name: 'items 2: earlier' }).click()
  await expect(rows.first().getByRole('textbox', { name: 'offset' })).toHaveValue('1048576')
  await editor.getByRole('button', { name: 'items 2: remove' }).click()
  await expect(rows).toHaveCount(1)
  await expect(editor.getByRole('button', { name: 'items 1: remove' })).toBeDisabled()
  await expect(verdict(editor)).toContainText('It can run')

  const draft = {
    devices: [{}, {}],
    tasks: [
      { do: [{ start: 'reader' }, { repeat_until_done: 'reader', do: [{ message: 'fail_path 8:0' }] }] },
      { name: 'reader', do: [{ fio_jobs: [{ rw: 'read', bs: 4096, size: 65536 }] }] },
    ],
  }
  await json(editor).fill(JSON.stringify(draft))
  await expect(verdict(editor)).toContainText('It can run')
  const job = editor.getByRole('listitem', { name: 'fio_jobs 1', exact: true })
  await job.getByRole('textbox', { name: 'bs', exact: true }).fill('8k')
  await job.getByText('more of fio_jobs 1').click()
  await job.getByRole('textbox', { name: 'numjobs' }).fill('2')
  await expect(json(editor)).toHaveValue(/"bs": 8192[^}]*"numjobs": 2/)
  await editor.getByRole('button', { name: 'add to fio_jobs' }).click()
  await expect(editor.getByRole('listitem', { name: /^fio_jobs \d+$/ })).toHaveCount(2)
  const inner = editor.getByRole('listitem', { name: 'step 1 of step 2 of task main' })
  await inner.getByRole('textbox', { name: 'message' }).fill('fail_path 8:16')
  await expect(json(editor)).toHaveValue(/"do": \[[^\]]*fail_path 8:16/)
  await expect(verdict(editor)).toContainText('It can run')
  expect(await faults(page, '.editor')).toEqual([])
})

test('the draft is had as a link and as a file', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const editor = await openEditor(page)
  await editor.getByLabel('seed').fill('99')
  await expect(verdict(editor)).toContainText('It can run')
  await editor.getByRole('button', { name: 'Copy link' }).click()
  await expect(status(editor)).toContainText('The link is in the clipboard')
  const link = await page.evaluate(() => navigator.clipboard.readText())
  const waiting = page.waitForEvent('download')
  await editor.getByRole('button', { name: 'Download' }).click()
  const file = await waiting
  expect(file.suggestedFilename()).toBe('split-1m.json')
  const other = await context.newPage()
  await other.goto(link)
  await expect(other.locator('.lane-sentence').first()).not.toBeEmpty()
  await other.keyboard.press('e')
  await expect(other.getByLabel('seed')).toHaveValue('99')
})

test('the keyboard alone edits, runs and goes back to where it was', async ({ page }) => {
  await page.goto(SPLIT)
  await expect(page.locator('.lane-sentence').first()).not.toBeEmpty()
  const button = page.getByRole('button', { name: 'Edit', exact: true })
  await button.focus()
  await page.keyboard.press('Enter')
  const editor = page.getByRole('complementary', { name: 'scenario editor' })
  await expect(verdict(editor)).toContainText('It can run')
  const focused = async (): Promise<string> =>
    page.evaluate(() => (document.activeElement as HTMLInputElement).labels?.[0]?.textContent ?? '')
  for (let tabs = 0; tabs < 40 && (await focused()) !== 'seed'; tabs++) await page.keyboard.press('Tab')
  await page.keyboard.type('12')
  await expect(json(editor)).toHaveValue(/"seed": 12/)
  await page.keyboard.press('Control+Enter')
  await expect(page).toHaveURL(/x=/)
  await page.keyboard.press('Escape')
  await expect(editor).toBeHidden()
  await expect(button).toBeFocused()
})

test.describe('on a phone', () => {
  test.use({ viewport: sizes.phone })

  test('form and JSON are two tabs, and nothing is wider than the screen', async ({ page }) => {
    const editor = await openEditor(page)
    await expect(json(editor)).toBeHidden()
    await editor.getByRole('tab', { name: 'JSON' }).click()
    await expect(json(editor)).toBeVisible()
    await expect(editor.getByLabel('seed')).toBeHidden()
    expect(await editor.evaluate((one) => one.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  })
})
