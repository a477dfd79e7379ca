/** The stage explored: into a queue, the other lane as a ghost, where lanes part, what a thing waits for, other stacks. */
import { toBase64Url } from '../../src/lib/base64url.ts'
import type { Page } from '@playwright/test'
import { expect, test } from './page.ts'

async function at(page: Page, link: string): Promise<void> {
  await page.goto(`./#v1;${link}`)
  await expect(page.locator('.lane-sentence').first()).not.toBeEmpty()
  await expect(page.locator('.score[data-row=commands] dd').first()).not.toHaveText('–')
}

const NO_PATH = 's=no-path-left&t=50132901'

test('a double click opens the inside of a queue, Escape closes it', async ({ page }) => {
  await at(page, NO_PATH)
  const map = (await page.locator('.lane[data-mode=rq] .dm-box').boundingBox())!
  await page.mouse.dblclick(map.x + map.width * 0.3, map.y + map.height - 8)
  const inside = page.getByRole('dialog', { name: 'inside the queue of dm-0' })
  await expect(inside.locator('[data-list=requeue] li')).toHaveCount(4)
  await expect(inside.locator('[data-list=requeue]')).toContainText('timer: 50 ms')
  await expect(inside.locator('[data-list=sorted]')).toContainText('empty')
  await expect(inside.locator('.zoom-bitmap i[data-used=true]')).toHaveCount(4)
  await page.keyboard.press('Escape')
  await expect(inside).toBeHidden()
})

test('Enter on a path opens its queue, q goes on to the next', async ({ page }) => {
  await at(page, 's=busy-paths&t=284750')
  await page.locator('.lane[data-mode=bio] .path-box').first().focus()
  await page.keyboard.press('Enter')
  const inside = page.getByRole('dialog', { name: /inside the queue of/ })
  await expect(inside).toHaveAccessibleName('inside the queue of sda')
  await expect(inside.locator('[data-list=dispatch] li')).toHaveCount(5)
  await expect(inside).toContainText(/dispatch_busy [1-9]/)
  await page.keyboard.press('q')
  await expect(inside).toHaveAccessibleName('inside the queue of sdb')
})

test('a thing in an open queue can be followed', async ({ page }) => {
  await at(page, NO_PATH)
  await page.locator('.lane[data-mode=rq] .dm-box').focus()
  await page.keyboard.press('Enter')
  await page
    .getByRole('dialog', { name: 'inside the queue of dm-0' })
    .locator('[data-list=requeue] button')
    .first()
    .click()
  await expect(page.getByRole('complementary', { name: 'inspector' })).toContainText('Follow')
})

test('d goes to the event at which the lanes part, and the button says when', async ({ page }) => {
  await at(page, 's=sequential-writes&t=169290')
  await expect(page.locator('.parting')).toHaveText(/^lanes part at [\d.]+ µs$/)
  await page.keyboard.press('d')
  await expect(page.locator('.lane[data-mode=bio] .lane-sentence')).toContainText('Bio 1')
  await expect(page.locator('.lane[data-mode=rq] .lane-sentence')).toContainText('equest 1 is made on dm-0')
})

test('g draws the other lane over this one, and takes it away again', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await at(page, 's=sequential-writes&t=169290')
  const picture = (): Promise<string> =>
    page
      .locator('.lane-canvas')
      .first()
      .evaluate((one) => (one as HTMLCanvasElement).toDataURL())
  const before = await picture()
  await page.keyboard.press('g')
  await expect.poll(picture).not.toBe(before)
  await page.keyboard.press('g')
  await expect.poll(picture).toBe(before)
})

test('a tip says what a thing is, where it is and what it waits for', async ({ page }) => {
  await at(page, NO_PATH)
  const pocket = page.locator('.lane[data-mode=bio] .pocket[data-state=used]')
  const box = (await pocket.boundingBox())!
  await page.mouse.move(box.x + 14, box.y + box.height * 0.55)
  const tip = page.locator('.lane[data-mode=bio] .tip')
  await expect(tip).toContainText('he clone of bio 1')
  await expect(tip).toContainText('in queued_bios of dm-0')
  await expect(tip).toContainText('waits until the worker finds a usable path')
})

test('a silence that is skipped is said on the stage', async ({ page }) => {
  await at(page, NO_PATH)
  await expect(page.locator('.jump-plate')).toContainText('100 ms pass')
  await expect(page.locator('.lane[data-mode=bio] .lane-sentence')).toContainText(
    'No usable path: 4 bios wait in queued_bios until a path is reinstated.',
  )
})

test('every lane shows that no bio is lost', async ({ page }) => {
  await at(page, 's=busy-paths&t=284750')
  for (const kept of await page.locator('.kept').all()) {
    await expect(kept).toHaveAttribute('data-state', 'good')
    const figures = ((await kept.textContent()) ?? '').match(/\d+/g)!.map(Number)
    expect(figures[0]).toBe(figures[1]! + figures[2]!)
  }
})

test('an idle path says why', async ({ page }) => {
  await at(page, NO_PATH)
  await expect(page.locator('.lane').first().locator('.idle').first()).toHaveText(
    'idle: failed, until it is reinstated',
  )
})

test('a volume on a map, a partition, a head: each stack has its boxes', async ({ page }) => {
  const disk = { driver: 'scsi_debug', completion: { kind: 'timer', ns: 100_000 } }
  const tasks = [{ do: [{ io: 'batch', op: 'W', length: 4096, count: 16 }, { io: 'wait' }] }]
  const link = (scenario: object): string =>
    `x=${toBase64Url(JSON.stringify({ scenario: 'stack', about: 'a stack', tasks, ...scenario }))}`
  const stack = [{ partition_of: 'sda', name: 'sda1', start_sector: 2048, sectors: 262_144 }]
  await at(page, `${link({ devices: [disk], stack, io_on: 'sda1', modes: ['single'] })}&t=60000`)
  await expect(page.locator('.layer-box')).toContainText('sda1')
  await expect(page.locator('.dm-box')).toHaveCount(0)
  const nvme = { driver: 'nvme', completion: { kind: 'timer', ns: 20_000 } }
  await at(page, `${link({ devices: [nvme, nvme], modes: ['native'] })}&t=60000`)
  await expect(page.locator('.dm-box')).toContainText('Split and redirect')
  await expect(page.locator('.path-box')).toHaveCount(2)
})

/** Many I/Os at once: 1,200 writes, 600 in flight. */
const CROWD = {
  scenario: 'a-crowd',
  about: 'more things than can be told apart',
  devices: [0, 1].map(() => ({
    driver: 'null_blk',
    completion: { kind: 'timer', ns: 20_000_000 },
    queue_depth: 1024,
  })),
  dm: { table: '0 2097152 multipath 2 queue_mode {mode} 0 1 1 round-robin 0 2 1 252:0 1 252:1 1' },
  tasks: [{ do: [{ io: 'loop', op: 'W', length: 4096, count: 1200, depth: 600 }] }],
}

test('a crowd is drawn by a thread of its own, few things at once', async ({ page }) => {
  await at(page, `t=15000000&x=${toBase64Url(JSON.stringify(CROWD))}`)
  const crowd = page.locator('.lane[data-mode=bio] .lane-canvas.crowd')
  const own = page.locator('.lane[data-mode=bio] .lane-canvas:not(.crowd)')
  await expect(page.locator('.lane[data-mode=bio] .row-count')).toContainText('600 in flight')
  await expect(crowd).toBeVisible()
  await expect(own).toBeHidden()
  // The canvas of a thread cannot be read, but drawn.
  const painted = await crowd.evaluate((canvas: HTMLCanvasElement) => {
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d')!
    copy.drawImage(canvas, 0, 0)
    const { data } = copy.getImageData(0, 0, canvas.width, canvas.height)
    let full = 0
    for (let i = 3; i < data.length; i += 4) if (data[i] === 255) full++
    return full
  })
  expect(painted).toBeGreaterThan(3000)
  await page.keyboard.press('Home')
  await expect(own).toBeVisible()
  await expect(crowd).toBeHidden()
})
