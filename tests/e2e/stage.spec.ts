/** The stage as a visitor meets it: it plays, steps, scrubs, follows, and says the same for the same link. */
import type { Page } from '@playwright/test'
import { expect, sizes, test } from './page.ts'

/** Paused in the middle of the first scenario, where both lanes are full. */
const MOMENT = './#v1;s=sequential-writes&t=60000'

async function clock(page: Page): Promise<string> {
  return (await page.locator('.clock').textContent()) ?? ''
}

async function sentences(page: Page): Promise<string[]> {
  return page.locator('.lane-sentence').allTextContents()
}

/** The stage has drawn the moment: labels and figures are written after the lanes. */
async function settled(page: Page): Promise<void> {
  await expect(page.locator('.score[data-row=commands] dd').first()).not.toHaveText('–')
  await expect(page.locator('.lane-sentence').first()).not.toBeEmpty()
}

/** What the canvases hold, to the last bit. */
async function canvases(page: Page): Promise<string[]> {
  return page.locator('canvas').evaluateAll((all) => all.map((one) => (one as HTMLCanvasElement).toDataURL()))
}

/** The same once nothing is drawn any more. */
async function stillCanvases(page: Page): Promise<string[]> {
  let before: string[] = []
  let now: string[] = []
  await expect
    .poll(
      async () => {
        before = now
        now = await canvases(page)
        return now.length > 0 && now.every((one, i) => one === before[i])
      },
      { intervals: [300] },
    )
    .toBe(true)
  return now
}

/** A screenshot of a page painted in one go: what is painted bit by bit has other edges where the bits meet. */
async function painted(page: Page): Promise<Buffer> {
  for (const visibility of ['hidden', ''])
    await page.evaluate(
      (to) =>
        new Promise((done) => {
          document.body.style.visibility = to
          requestAnimationFrame(() => requestAnimationFrame(done))
        }),
      visibility,
    )
  return page.screenshot()
}

/**
 * The largest difference of a colour channel between two screenshots. The browser rounds the corners of boxes now up, now
 * down; what we draw must not differ at all.
 */
async function farthest(page: Page, one: Buffer, other: Buffer): Promise<number> {
  return page.evaluate(
    async (texts) => {
      const [a, b] = await Promise.all(
        texts.map(async (text) => {
          const image = new Image()
          image.src = `data:image/png;base64,${text}`
          await image.decode()
          const context = new OffscreenCanvas(image.width, image.height).getContext('2d')!
          context.drawImage(image, 0, 0)
          return context.getImageData(0, 0, image.width, image.height).data
        }),
      )
      return a!.reduce((most, value, i) => Math.max(most, Math.abs(value - b![i]!)), 0)
    },
    [one.toString('base64'), other.toString('base64')],
  )
}

test('the first scenario plays by itself, and space pauses it', async ({ page }) => {
  await page.goto('./')
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible()
  const before = await clock(page)
  await expect.poll(() => clock(page)).not.toBe(before)
  await page.keyboard.press('Space')
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible()
  const paused = await clock(page)
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  expect(await clock(page)).toBe(paused)
})

test('the two bands have traded places', async ({ page }) => {
  await page.goto(MOMENT)
  await settled(page)
  const top = async (lane: string, kind: string): Promise<number> =>
    (await page.locator(`.lane[data-mode=${lane}] .band[data-kind=${kind}]`).first().boundingBox())?.y ?? NaN
  expect(await top('bio', 'choose')).toBeLessThan(await top('bio', 'merge'))
  expect(await top('rq', 'merge')).toBeLessThan(await top('rq', 'choose'))
  for (const kind of ['choose', 'merge']) {
    const colours = await page
      .locator(`.band[data-kind=${kind}]`)
      .evaluateAll((bands) => bands.map((band) => getComputedStyle(band).borderLeftColor))
    expect(new Set(colours).size).toBe(1)
  }
  await expect(page.locator('.ribbons path')).toHaveCount(2)
})

test('a step forwards and a step back end where they began', async ({ page }) => {
  await page.goto(MOMENT)
  await settled(page)
  const before = { clock: await clock(page), said: await sentences(page) }
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => clock(page)).not.toBe(before.clock)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => sentences(page)).toEqual(before.said)
})

test('the scrubber goes anywhere, Home and End to the ends', async ({ page }) => {
  await page.goto(MOMENT)
  await settled(page)
  const line = page.getByRole('slider', { name: 'position in the show' })
  const box = (await line.boundingBox())!
  await page.mouse.click(box.x + box.width * 0.2, box.y + box.height / 2)
  await expect.poll(async () => Number(await line.getAttribute('aria-valuenow'))).toBe(20)
  await page.keyboard.press('End')
  await expect(page.locator('.lane[data-mode=rq] .lane-sentence')).toContainText(
    '16 bios became 1 command of 64 KiB',
  )
  await expect(page.locator('.lane[data-mode=bio] .lane-sentence')).toContainText('16 commands')
  await page.keyboard.press('Home')
  await expect(page.locator('.clock')).toHaveText('t = 0 ns')
})

test('Home after End is the last wish, though what seeks to the end is still on its way', async ({
  page,
}) => {
  const held: (() => void)[] = []
  await page.route(/\/deeds-[^/]*\.js$/, async (route) => {
    await new Promise<void>((go) => held.push(go))
    await route.continue()
  })
  await page.goto(MOMENT)
  await settled(page)
  await page.keyboard.press('End')
  await expect.poll(() => held.length).toBe(1)
  await page.keyboard.press('Home')
  await expect(page.locator('.clock')).toHaveText('t = 0 ns')
  const arrived = page.waitForResponse(/\/deeds-/)
  held[0]!()
  await (await arrived).finished()
  // What it does would be done when the console, which waits for it too, has opened.
  await page.keyboard.press('`')
  await expect(page.getByRole('textbox', { name: 'command' })).toBeVisible()
  await expect(page.locator('.clock')).toHaveText('t = 0 ns')
})

test('where the lanes part is on the scrubber, and a press goes exactly there', async ({ page }) => {
  await page.goto('./#v1;s=sequential-writes&t=160000')
  await settled(page)
  const mark = page.locator('.scrubber .parting-mark')
  const told = await page.locator('.parting').textContent()
  expect(told).toMatch(/^lanes part at [\d.]+ µs$/)
  await expect(mark).toHaveAttribute(
    'title',
    `lanes A and B part at ${told!.slice('lanes part at '.length)} (d)`,
  )
  const box = (await mark.boundingBox())!
  await page.mouse.click(box.x + 2, box.y + box.height - 4)
  const there = await clock(page)
  expect(there).not.toBe('t = 160.000 µs')
  await page.keyboard.press('End')
  await expect(page.locator('.clock')).not.toHaveText(there)
  await page.keyboard.press('d')
  await expect(page.locator('.clock')).toHaveText(there)
})

test('the scoreboard counts from the record and lights up what differs', async ({ page }) => {
  await page.goto('./#v1;s=sequential-writes&t=160000')
  await settled(page)
  const row = page.locator('.score[data-row=commands]')
  await expect(row.locator('dd')).toHaveText(['16', '1'])
  await expect(row).toHaveAttribute('data-differs', 'true')
  await expect(page.locator('.score[data-row=splits]')).toHaveAttribute('data-differs', 'false')
})

test('an I/O is followed by a key, in both lanes, and Esc lets go', async ({ page }) => {
  await page.goto(MOMENT)
  await settled(page)
  await page.keyboard.press('f')
  const inspector = page.getByRole('complementary', { name: 'inspector' })
  await expect(inspector).toContainText('Follow: bio 1')
  await expect(inspector).toContainText('block_bio_queue')
  await expect(page).toHaveURL(/&f=\d+\.\d+/)
  await page.keyboard.press('f')
  await expect(inspector).toContainText('Follow: bio 2')
  await page.keyboard.press('Escape')
  await expect(inspector).toBeHidden()
})

test('a click on an I/O follows it', async ({ page }) => {
  // Both lanes wait for their devices.
  await page.goto('./#v1;s=sequential-writes&t=169290')
  await settled(page)
  const lane = page.locator('.lane[data-mode=rq]')
  const device = (await lane.locator('.path-box').first().boundingBox())!
  // The clone of request 1 lies in the device row of the first path.
  await page.mouse.click(device.x + device.width * 0.5, device.y + device.height * 0.76)
  await expect(page.getByRole('complementary', { name: 'inspector' })).toContainText('request clone')
})

test('a click in the timeline goes there', async ({ page }) => {
  await page.goto(MOMENT)
  await settled(page)
  const rows = (await page.locator('.timeline-lane').first().boundingBox())!
  const before = await clock(page)
  await page.mouse.click(rows.x + rows.width * 0.1, rows.y + rows.height - 3)
  await expect.poll(() => clock(page)).not.toBe(before)
})

test('the same link twice is the same picture, to the pixel', async ({ page, context }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto(MOMENT)
  await settled(page)
  const first = await stillCanvases(page)
  const other = await context.newPage()
  await other.emulateMedia({ reducedMotion: 'reduce' })
  await other.goto(MOMENT)
  await settled(other)
  await expect.poll(() => canvases(other)).toEqual(first)
  await expect
    .poll(async () => farthest(page, await painted(page), await painted(other)))
    .toBeLessThanOrEqual(1)
})

test('the keyboard alone opens a scenario, changes the theme, reads the help', async ({ page }) => {
  await page.goto('./')
  await settled(page)
  await page.keyboard.press('s')
  const menu = page.getByRole('menu', { name: 'scenarios' })
  await expect(menu).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(menu).toBeHidden()
  await expect(page).toHaveURL(/s=one-path/)
  const theme = await page.locator('html').getAttribute('data-theme')
  await page.keyboard.press('t')
  await expect(page.locator('html')).not.toHaveAttribute('data-theme', theme ?? '')
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Help' })
  await expect(help).toContainText('one event forwards')
  await expect(help).toContainText('It leaves out')
  await page.keyboard.press('Escape')
  await expect(help).toBeHidden()
  await page.keyboard.press('1')
  await expect(page.locator('.lane')).toHaveCount(1)
  await page.keyboard.press('3')
  await expect(page.locator('.lane')).toHaveCount(2)
})

test('a lane has a cursor for the keyboard, and Enter follows what it is on', async ({ page }) => {
  await page.goto(MOMENT)
  await settled(page)
  await page.locator('.lane').first().focus()
  await page.keyboard.press('ArrowDown')
  await expect(page.locator('.lane').first().locator('[aria-live]')).toHaveText('I/O 1')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('complementary', { name: 'inspector' })).toContainText('Follow: bio 1')
})

test('a broken link explains itself above the first scenario', async ({ page }) => {
  await page.goto('./#v1;s=no-such-scenario')
  await expect(page.getByRole('status').filter({ hasText: 'no-such-scenario' })).toBeVisible()
  await settled(page)
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await expect(page.getByText('no-such-scenario')).toHaveCount(0)
})

for (const [name, viewport] of Object.entries({ ...sizes, wall: { width: 3840, height: 2160 } })) {
  test.describe(`on a ${name}`, () => {
    test.use({ viewport })

    test('nothing is cut off, and a wide screen does not scroll', async ({ page }) => {
      await page.goto(MOMENT)
      await settled(page)
      const page_ = await page.evaluate(() => ({
        width: document.documentElement.scrollWidth - innerWidth,
        height: document.documentElement.scrollHeight - innerHeight,
      }))
      expect(page_.width).toBeLessThanOrEqual(0)
      if (name !== 'phone') expect(page_.height).toBeLessThanOrEqual(0)
      const clipped = await page
        .locator('.band-name, .lane-title h2, .row-count, .small-count, .score dd, .box-head b')
        .evaluateAll((all) =>
          all
            .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
            .map((one) => one.textContent),
        )
      expect(clipped).toEqual([])
    })
  })
}
