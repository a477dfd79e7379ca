/** What holds for every panel: contrast and names by axe in each theme, forced colours, kept settings, one Esc at a time. */
import type { Locator, Page } from '@playwright/test'
import { THEMES, OPEN_LAYER, faults } from './axe.ts'
import { expect, test } from './page.ts'

const MOMENT = './#v1;s=busy-paths&t=60000000'

async function arrive(page: Page, theme: string): Promise<void> {
  await page.goto(`${MOMENT}&th=${theme}`)
  await expect(page.locator('.lane-sentence').first()).not.toBeEmpty()
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
}

for (const theme of THEMES)
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
    expect(await faults(page, '.editor')).toEqual([])
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('dialog')).toBeVisible()
    expect(await faults(page, OPEN_LAYER)).toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.keyboard.press(',')
    await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible()
    expect(await faults(page, OPEN_LAYER)).toEqual([])
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

interface Finger {
  readonly id: number
  readonly x: number
  readonly y: number
}

/** What a finger does, as the page hears of it. */
async function touch(page: Page, kind: string, { id, x, y }: Finger): Promise<void> {
  await page.evaluate(
    ([name, pointerId, clientX, clientY]) => {
      const target = document.elementFromPoint(clientX, clientY) ?? document.body
      const init = { pointerId, clientX, clientY, pointerType: 'touch', bubbles: true, cancelable: true }
      target.dispatchEvent(new PointerEvent(name, { ...init, isPrimary: pointerId === 1 }))
    },
    [kind, id, x, y] as const,
  )
}

/** The middle of the node of a path, and how large it is seen. */
async function node(page: Page): Promise<{ x: number; y: number; width: number }> {
  const box = (await page.locator('.lane').first().locator('.node').first().boundingBox())!
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, width: box.width }
}

test.describe('a lane under fingers', () => {
  test.use({ hasTouch: true })

  test('grows between two fingers, around their middle, then moves with one, and is whole again', async ({
    page,
  }) => {
    await arrive(page, 'dark')
    const before = await node(page)
    const finger = (id: number, away: number): Finger => ({ id, x: before.x + away, y: before.y })
    await touch(page, 'pointerdown', finger(1, -20))
    await touch(page, 'pointerdown', finger(2, 20))
    for (const away of [25, 30, 35, 40]) {
      await touch(page, 'pointermove', finger(1, -away))
      await touch(page, 'pointermove', finger(2, away))
    }
    const grown = await node(page)
    expect(grown.width / before.width).toBeCloseTo(2, 1)
    expect(Math.abs(grown.x - before.x)).toBeLessThan(3)
    expect(Math.abs(grown.y - before.y)).toBeLessThan(3)
    // The canvas becomes as sharp as it is large.
    const sharp = page.locator('.lane-canvas').first()
    await expect
      .poll(() => sharp.evaluate((one: HTMLCanvasElement) => one.width / one.offsetWidth))
      .toBeCloseTo(2, 1)
    await touch(page, 'pointerup', finger(2, 40))
    await touch(page, 'pointermove', { id: 1, x: before.x - 70, y: before.y - 20 })
    const moved = await node(page)
    expect(grown.x - moved.x).toBeCloseTo(30, 0)
    await touch(page, 'pointerup', finger(1, -70))
    await page.getByRole('button', { name: /whole lane/ }).click()
    expect(await node(page)).toEqual(before)
  })

  test('a long press on a path opens its menu', async ({ page }) => {
    await arrive(page, 'dark')
    await expect(page.locator('.toasts')).toBeAttached()
    const { x, y } = await node(page)
    await touch(page, 'pointerdown', { id: 1, x, y })
    await expect(page.getByRole('menu', { name: 'what can be done' })).toBeVisible()
    await touch(page, 'pointerup', { id: 1, x, y })
  })
})

test('Ctrl and the wheel enlarge a lane around the pointer; further in, the queue there opens', async ({
  page,
}) => {
  await arrive(page, 'dark')
  const before = await node(page)
  await page.mouse.move(before.x, before.y)
  await page.keyboard.down('Control')
  await page.mouse.wheel(0, -200)
  // It has grown, and grows no more: a click must meet it where it stays.
  let width = 0
  await expect
    .poll(async () => {
      const last = width
      width = (await node(page)).width
      return width === last ? width / before.width : 0
    })
    .toBeGreaterThan(1.5)
  const grown = await node(page)
  expect(Math.abs(grown.x - before.x)).toBeLessThan(3)
  // What lies under the pointer is found where it is seen.
  await page.keyboard.up('Control')
  await page.mouse.click(grown.x, grown.y, { button: 'right' })
  await expect(page.getByRole('menu', { name: 'what can be done' })).toContainText('sda')
  await page.keyboard.press('Escape')
  await page.keyboard.down('Control')
  for (let i = 0; i < 4; i++) await page.mouse.wheel(0, -300)
  await page.keyboard.up('Control')
  await expect(page.getByRole('dialog', { name: /inside the queue of/ })).toBeVisible()
  await expect(page.locator('.lane').first()).not.toHaveAttribute('data-zoomed')
})

/** Goes on with Tab, as one who sees the focus would. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  const has = (): Promise<boolean> => target.evaluate((element) => element === document.activeElement)
  for (let steps = 0; steps < 80 && !(await has()); steps++) await page.keyboard.press('Tab')
  await expect(target).toBeFocused()
}

test('by keys alone: typed in the console, undone, another branch, both compared as lanes', async ({
  page,
}) => {
  const clicks: string[] = []
  await page.exposeFunction('clicked', (what: string) => clicks.push(what))
  await page.addInitScript(() => {
    addEventListener('pointerdown', ({ type }) => {
      ;(globalThis as unknown as { clicked: (what: string) => void }).clicked(type)
    })
  })
  await page.goto('./#v1;s=busy-paths&t=60000')
  await expect(page.locator('.lane-sentence').last()).not.toBeEmpty()
  await expect(page.locator('.toasts')).toBeAttached()
  const state = (lane: number): Locator =>
    page.locator('.lane').nth(lane).getByRole('group', { name: 'path sda,' }).locator('.path-state')
  const line = page.getByRole('textbox', { name: 'command' })
  const end = async (): Promise<void> => {
    await page.keyboard.press('End')
    await expect(page.locator('.lane-sentence').first()).toContainText('Done')
  }

  await page.keyboard.press('`')
  await expect(line).toBeFocused()
  await page.keyboard.type('multipathd fail path sda')
  await page.keyboard.press('Enter')
  await expect(page.locator('.console-entry')).toContainText('Done')
  await page.keyboard.press('Escape')
  await expect(line).not.toBeFocused()
  await end()
  await expect(state(0)).toHaveText(/^F/)

  await page.keyboard.press('Control+z')
  await expect(state(0)).toHaveText(/^A/)
  await page.keyboard.press('Control+y')
  await expect(state(0)).toHaveText(/^F/)

  await page.keyboard.press('v')
  const panel = page.getByRole('dialog', { name: 'branches' })
  await expect(panel).toBeVisible()
  await tabTo(page, panel.getByRole('button', { name: /^as written the scenario/ }))
  await page.keyboard.press('Enter')
  await expect(state(0)).toHaveText(/^A/)
  await tabTo(page, panel.getByRole('button', { name: /^compare dmsetup message mp 0 "fail_path 8:0"/ }))
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(panel).toBeHidden()
  await expect(page.locator('.lane')).toHaveCount(3)
  await expect(state(2)).toHaveText(/^F/)
  await expect(state(0)).toHaveText(/^A/)

  // The lanes part where it was typed.
  await page.keyboard.press('d')
  await expect(page.locator('.clock')).not.toContainText('ms')
  expect(clicks).toEqual([])
})

/** Words of the stage that are cut off: higher or wider than their box, or beyond their lane. */
async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = []
    for (const lane of document.querySelectorAll('.lane, .scoreboard')) {
      const frame = lane.getBoundingClientRect()
      for (const element of lane.querySelectorAll<HTMLElement>('*')) {
        const own = [...element.childNodes].some(
          ({ nodeType, nodeValue }) => nodeType === 3 && nodeValue !== '',
        )
        const style = getComputedStyle(element)
        if (!own || element.closest('[hidden], svg, .visually-hidden, .tip, .zoom') !== null) continue
        if (style.visibility === 'hidden' || element.offsetParent === null) continue
        const box = element.getBoundingClientRect()
        const says = `${element.className} "${element.textContent}"`
        const higher = element.scrollHeight > element.clientHeight + 1
        const wider = element.scrollWidth > element.clientWidth + 1
        if (style.overflow !== 'visible' && (higher || wider)) found.push(`${says} does not fit its box`)
        for (let up = element.parentElement; up !== null && up !== lane; up = up.parentElement) {
          const clip = up.getBoundingClientRect()
          const beyond = box.bottom > clip.bottom + 1.5 || box.right > clip.right + 1.5
          if (getComputedStyle(up).overflow !== 'visible' && beyond) found.push(`${says} is cut off`)
        }
        const outside =
          box.bottom > frame.bottom + 1 || box.right > frame.right + 1 || box.left < frame.left - 1
        if (outside) found.push(`${says} leaves its lane`)
      }
    }
    return found
  })
}

const MOMENTS = [
  's=no-path-left&t=50132901',
  's=busy-paths&t=284750',
  's=broken-fragment&t=367000',
  's=unequal-limits&t=324852',
  's=cable-pulled&t=5000090000',
]

/** Beside a panel a lane is narrow, whatever it shows: three moments with many words. */
const WORDY = [MOMENTS[0]!, MOMENTS[2]!, MOMENTS[4]!]

for (const [room, width, height, key, moments] of [
  ['a laptop', 1280, 720, '', MOMENTS],
  ['a laptop with charts', 1280, 720, 'c', WORDY],
  ['a laptop with the inspector', 1280, 720, 'f', WORDY],
  ['a laptop with the editor', 1280, 720, 'e', WORDY],
  ['a projector', 1920, 1080, '', MOMENTS],
  ['a phone', 390, 844, '', MOMENTS],
] as const)
  test.describe(`on ${room}`, () => {
    test.use({ viewport: { width, height } })

    for (const theme of ['dark', 'projector'])
      test(`no word of the stage is cut off in the ${theme} theme`, async ({ page }) => {
        for (const link of moments) {
          await page.goto('about:blank')
          await page.goto(`./#v1;${link}&th=${theme}`)
          await expect(page.locator('.lane-sentence').first()).not.toBeEmpty()
          if (key !== '') await page.keyboard.press(key)
          if (key === 'f') await expect(page.getByRole('complementary', { name: 'inspector' })).toBeVisible()
          if (key === 'e')
            await expect(page.getByRole('complementary', { name: 'scenario editor' })).toBeVisible()
          if (key === 'c') await expect(page.locator('figure.chart').first()).toBeVisible()
          await expect.poll(() => cutOff(page), link).toEqual([])
        }
      })
  })
