/** What cannot be shown is said: what it is, where, and what to do. */
import { toBase64Url } from '../../src/lib/base64url.ts'
import { expect, test } from './page.ts'

interface Wish {
  readonly paths: number
  readonly selector: string
}

function linkTo({ paths, selector }: Wish): string {
  const ofTable = Array.from({ length: paths }, (_, i) => `252:${i} 1`).join(' ')
  const text = JSON.stringify({
    scenario: 'handwritten',
    about: 'typed into a link',
    devices: Array.from({ length: paths }, () => ({ driver: 'null_blk' })),
    dm: { table: `0 2097152 multipath 2 queue_mode {mode} 0 1 1 ${selector} 0 ${paths} 1 ${ofTable}` },
    tasks: [{ do: [{ io: 'loop', op: 'W', length: 4096, count: 16, depth: 4 }] }],
  })
  return `./#v1;x=${toBase64Url(text)}`
}

test('a table with a word that is no selector names the word and the remedy', async ({ page }) => {
  await page.goto(linkTo({ paths: 2, selector: 'round-rabbit' }))
  const said = page.locator('.banner')
  await expect(said).toContainText('dm.table')
  await expect(said).toContainText('"round-rabbit"')
  await expect(said).toContainText('known are round-robin')
})

test('a kernel that is not modelled is refused in each lane, with those that are', async ({ page }) => {
  await page.goto('./#v1;s=sequential-writes&l=bio:2.4:1|rq:6.12:1')
  await expect(page.getByRole('alert')).toContainText(/kernel: "2\.4" is not modelled; use one of .*6\.12/)
  await expect(page.locator('.lane').first()).toHaveText(
    'This lane could not be run; the line above says why.',
  )
  await expect(page.locator('.lane[data-mode=rq] .lane-sentence')).not.toBeEmpty()
})

test('more paths than the stage can draw are counted, and the stage says so', async ({ page }) => {
  await page.goto(linkTo({ paths: 20, selector: 'round-robin' }))
  await expect(page.locator('.lane').first()).toContainText(
    'The table has 20 paths, the stage draws up to 16',
  )
  await page.keyboard.press('End')
  await expect(page.locator('.score[data-row=commands] dd').first()).toHaveText('16')
})

for (const paths of [8, 16])
  test(`${paths} paths are drawn, none over its neighbour`, async ({ page }) => {
    await page.goto(linkTo({ paths, selector: 'round-robin' }))
    const boxes = page.locator('.lane[data-mode=bio] .path-box')
    await expect(boxes).toHaveCount(paths)
    const wide = await page
      .locator('.lane[data-mode=bio] .node-name')
      .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.parentElement!.clientWidth).length)
    expect(wide).toBe(0)
  })

test('three lanes stand side by side, each with its figures', async ({ page }) => {
  await page.goto('./#v1;s=sequential-writes&l=bio:6.12:1|rq:6.12:1|bio:6.1:1&t=160000')
  await expect(page.locator('.lane-sentence')).toHaveCount(3)
  await expect(page.locator('.score[data-row=commands] dd')).toHaveText(['16', '1', '16'])
  const tops = await page
    .locator('.lane')
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top))
  expect(new Set(tops).size).toBe(1)
})

test('an error in a view is told, with a way on', async ({ page, complaints }) => {
  await page.addInitScript('HTMLCanvasElement.prototype.getContext = () => null')
  await page.goto('./')
  const told = page.getByRole('alert')
  await expect(told).toContainText('bioscope stopped drawing')
  await expect(told).toContainText('this browser gives no 2d canvas')
  await expect(told.getByRole('button', { name: 'Load the page again' })).toBeVisible()
  complaints.length = 0
})

test('an error in a frame stops the show and is told, once', async ({ page, complaints }) => {
  await page.goto('./#v1;s=sequential-writes&t=60000')
  await expect(page.locator('.lane-sentence').first()).not.toBeEmpty()
  await page.evaluate(() => {
    CanvasRenderingContext2D.prototype.clearRect = () => {
      throw new Error('the paper is torn')
    }
  })
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('alert')).toContainText('the paper is torn')
  expect(complaints.length).toBeLessThanOrEqual(2)
  complaints.length = 0
})
