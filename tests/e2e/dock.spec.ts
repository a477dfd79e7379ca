/** The dock as a visitor uses it: brush, zoom, charts, log, files, by pointer and by keyboard alone. */
import { readFile } from 'node:fs/promises'
import type { Download, Locator, Page } from '@playwright/test'
import { EventKind } from '../../src/engine/log/index.ts'
import { galleryRecord } from '../support/engine-record.ts'
import { THEMES, faults } from './axe.ts'
import { expect, sizes, test } from './page.ts'

const SCENARIO = 'slow-path'
/** Paused at its end, where all figures are in. */
const MOMENT = `./#v1;s=${SCENARIO}&t=60000000`

async function ready(page: Page, link: string = MOMENT): Promise<void> {
  await page.goto(link)
  await expect(page.locator('.lane-sentence').first()).not.toBeEmpty()
  await expect(page.locator('.timeline-note').first()).toContainText('one row')
}

async function textOf(download: Download): Promise<string> {
  return readFile(await download.path(), 'utf8')
}

/** Presses at one share of the width of an axis and lets go at another. */
async function drag(page: Page, axis: Locator, from: number, to: number): Promise<void> {
  const box = (await axis.boundingBox())!
  const y = box.y + box.height / 3
  await page.mouse.move(box.x + box.width * from, y)
  await page.mouse.down()
  await page.mouse.move(box.x + (box.width * (from + to)) / 2, y)
  await page.mouse.move(box.x + box.width * to, y)
  await page.mouse.up()
}

/** Rows of a file of comma-separated values without quotes. */
function rowsOf(csv: string): string[][] {
  return csv
    .trim()
    .split('\r\n')
    .map((line) => line.split(','))
}

/** The figures of the selected time as the exported table has them: by name, a value per lane. */
async function figures(page: Page): Promise<Map<string, number[]>> {
  const waiting = page.waitForEvent('download')
  await page.locator('.range-panel').getByRole('button', { name: 'CSV' }).click()
  const rows = rowsOf(await textOf(await waiting))
  return new Map(
    rows
      .slice(1)
      .map(([name, , ...values]) => [name!, values.map((text) => (text === '' ? NaN : Number(text)))]),
  )
}

/** Percentiles and counts of a range, from a run of the same scenario in this process, by the plainest of code. */
function naive(mode: 'bio' | 'rq', fromNs: number, toNs: number): Record<string, number> {
  const record = galleryRecord(SCENARIO, mode)
  const events = Array.from({ length: record.eventCount }, (_, i) => record.eventAt(i))
  const inRange = events.filter(({ timeNs }) => fromNs <= timeNs && timeNs < toNs)
  const begun = new Map(
    events.filter((e) => e.kind === EventKind.io_submit).map((e) => [e.subject, e.timeNs]),
  )
  const took = inRange
    .filter((e) => e.kind === EventKind.io_end)
    .map((e) => e.timeNs - begun.get(e.subject)!)
    .sort((a, b) => a - b)
  const at = (share: number): number => took.find((_, i) => i + 1 >= share * took.length) ?? NaN
  const issued = inRange.filter(
    (e) => e.kind === EventKind.rq_issue && record.header.devices[e.dev]?.role === 'path',
  )
  return {
    ios: took.length,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    max: at(1),
    data: issued.reduce((sum, e) => sum + e.sizeSectors, 0),
    events: inRange.length,
  }
}

test('a brushed time has the percentiles of a plain count, lane by lane', async ({ page }) => {
  await ready(page)
  await drag(page, page.locator('.timeline-lane').first(), 0.3, 0.8)
  const panel = page.locator('.range-panel')
  await expect(panel.locator('[data-figure=ios] td').first()).not.toContainText('–')
  const found = await figures(page)
  const [fromNs, toNs] = [found.get('from')![0]!, found.get('to')![0]!]
  expect(toNs).toBeGreaterThan(fromNs)
  for (const [lane, mode] of (['bio', 'rq'] as const).entries()) {
    const expected = naive(mode, fromNs, toNs)
    expect(expected['ios']).toBeGreaterThan(5)
    for (const name of ['ios', 'p50', 'p95', 'p99', 'max', 'data'])
      expect(found.get(name)![lane], `${name} of ${mode}`).toBe(expected[name])
  }
  // The log lists exactly what is in it.
  await page.keyboard.press('l')
  const all = naive('bio', fromNs, toNs)['events']! + naive('rq', fromNs, toNs)['events']!
  await expect(page.getByRole('grid', { name: 'events of the run' })).toHaveAttribute(
    'aria-rowcount',
    String(all + 1),
  )
})

test('the same time is selected in every axis, by keys and by a drag in a chart', async ({ page }) => {
  await ready(page, `./#v1;s=${SCENARIO}&t=300000`)
  await page.keyboard.press('i')
  await expect(page.locator('.time-range')).toHaveCount(2)
  await page.keyboard.press('c')
  await expect(page.locator('[data-chart=load] .time-range')).toHaveCount(2)
  await drag(page, page.locator('[data-chart=load] .chart-plot').first(), 0.2, 0.6)
  await page.keyboard.press('w')
  await expect(page.locator('.range-panel h3')).toContainText('selected')
  await page.getByRole('button', { name: 'Select no time' }).click()
  await expect(page.locator('.time-range')).toHaveCount(0)
})

/** Points of the first lane that are painted in full. */
async function painted(page: Page): Promise<number> {
  return page
    .locator('.lane-canvas')
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
      let full = 0
      for (let at = 3; at < data.length; at += 4) if (data[at] === 255) full++
      return full
    })
}

test('the brushed time is in the link, survives a reload, and a link without it has none', async ({
  page,
}) => {
  await ready(page)
  await drag(page, page.locator('.timeline-lane').first(), 0.2, 0.4)
  const title = page.locator('.range-panel h3')
  await expect(title).toContainText('selected')
  const said = await title.innerText()
  // The address follows a drag a little later.
  const [, endUs = ''] = /– ([\d.]+) µs/.exec(said) ?? []
  await expect(page).toHaveURL(new RegExp(`&r=\\d+-${endUs.replace('.', '')}`))
  await page.reload()
  await expect(title).toHaveText(said)
  await page.goto(MOMENT)
  await expect(page.locator('.range-panel')).toHaveCount(0)
  await page.goBack()
  await expect(title).toHaveText(said)
  await page.goto(`${MOMENT}&r=9-1`)
  await expect(page.locator('.banner')).toContainText('the time that is selected in it could not be read')
})

test('I/Os that were not under way in the brushed time are dimmed on the stage', async ({ page }) => {
  await ready(page, `./#v1;s=${SCENARIO}&t=211600`)
  await expect.poll(() => painted(page)).toBeGreaterThan(1000)
  const before = await painted(page)
  // The last part of the show: the I/Os on the stage have ended before it.
  await drag(page, page.locator('.timeline-lane').first(), 0.96, 0.99)
  await expect.poll(() => painted(page)).toBeLessThan(before * 0.9)
  await page.getByRole('button', { name: 'Select no time' }).click()
  await expect.poll(() => painted(page)).toBe(before)
})

test('the wheel zooms both lanes, the minimap shows where, keys lead back', async ({ page }) => {
  await ready(page)
  const lane = page.locator('.timeline-lane').first()
  const box = (await lane.boundingBox())!
  const scale = async (): Promise<string> => (await lane.locator('.time-scale').textContent()) ?? ''
  const before = await scale()
  await page.mouse.move(box.x + box.width / 2, box.y + 20)
  await page.mouse.wheel(0, -600)
  await expect.poll(scale).not.toBe(before)
  const part = page.getByRole('slider', { name: 'visible part of the run' })
  await expect(part).toBeVisible()
  const middle = Number(await part.getAttribute('aria-valuenow'))
  await part.focus()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await expect.poll(async () => Number(await part.getAttribute('aria-valuenow'))).toBeLessThan(middle)
  await page.keyboard.press('w')
  await expect(page.getByRole('group', { name: /^timeline/ })).toBeFocused()
  await page.keyboard.press('0')
  await expect(part).toBeHidden()
  expect(await scale()).toBe(before)
})

test('rows are devices, tasks and CPUs of all lanes', async ({ page }) => {
  await ready(page)
  const labels = page.locator('.stacked-labels li')
  await page.getByLabel('rows of the timeline').selectOption('devices')
  await expect(labels).toHaveText([
    /dm-0\s*A/,
    /nullb0\s*A/,
    /nullb1\s*A/,
    /dm-0\s*B/,
    /nullb0\s*B/,
    /nullb1\s*B/,
  ])
  await page.getByLabel('rows of the timeline').selectOption('tasks')
  await expect(labels.first()).toContainText('iopat')
  await page.getByLabel('rows of the timeline').selectOption('cpus')
  await expect(labels.first()).toContainText('CPU 0')
  await page.getByLabel('colour of the timeline').selectOption('path')
  await expect(page.getByRole('list', { name: 'colours of the timeline' })).toContainText('nullb1')
})

test('a row of the log is gone to by a click and by Enter', async ({ page }) => {
  await ready(page, `./#v1;s=${SCENARIO}&t=200000`)
  await page.keyboard.press('l')
  const grid = page.getByRole('grid', { name: 'events of the run' })
  await expect(grid).toBeFocused()
  const now = grid.locator('.log-row[data-when=now]')
  const before = Number(await now.getAttribute('data-rank'))
  const third = grid.locator(`.log-row[data-rank="${before - 3}"]`)
  const time = (await third.locator('.log-time').textContent())!
  await third.click()
  await expect(now).toHaveAttribute('data-rank', String(before - 3))
  await expect(page.locator('.clock')).toHaveText(`t = ${time}`)
  await grid.focus()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await expect(grid.locator('[aria-selected=true]')).toHaveAttribute('data-rank', String(before - 5))
  await expect(now).toHaveAttribute('data-rank', String(before - 3))
  await page.keyboard.press('Enter')
  await expect(now).toHaveAttribute('data-rank', String(before - 5))
  await page.keyboard.press('End')
  const rows = Number(await grid.getAttribute('aria-rowcount'))
  await expect(grid.locator('[aria-selected=true]')).toHaveAttribute('aria-rowindex', String(rows))
})

test('the log is searched by words, menus and the name of an I/O', async ({ page }) => {
  await ready(page)
  await page.keyboard.press('/')
  await expect(page.getByRole('textbox', { name: 'search' })).toBeFocused()
  const grid = page.getByRole('grid', { name: 'events of the run' })
  const count = async (): Promise<number> => Number(await grid.getAttribute('aria-rowcount')) - 1
  await expect.poll(count).toBeGreaterThan(0)
  const all = await count()
  await page.keyboard.type('choose_pgpath')
  await expect.poll(count).toBeLessThan(all)
  const names = grid.locator('[data-rank]:not([hidden]) .log-name')
  await expect.poll(async () => [...new Set(await names.allTextContents())]).toEqual(['choose_pgpath'])
  await page.keyboard.press('Enter')
  await expect(grid).toBeFocused()
  await page.getByRole('button', { name: 'clear' }).click()
  await page.getByRole('textbox', { name: 'I/O' }).fill('bio 3')
  await page.getByRole('combobox', { name: 'kind' }).selectOption('io_submit')
  await expect.poll(count).toBe(2)
  await page.getByRole('textbox', { name: 'I/O' }).fill('sda')
  await expect(page.getByRole('alert')).toContainText('write bio 5')
  await expect(grid).toContainText('No event matches')
})

test('the log follows the playhead while the show plays', async ({ page }) => {
  await page.goto(`./#v1;s=${SCENARIO}`)
  await expect(page.locator('.lane-sentence').first()).not.toBeEmpty()
  await page.keyboard.press('l')
  const now = page.locator('.log-row[data-when=now]')
  const rank = async (): Promise<number> => Number(await now.getAttribute('data-rank'))
  await expect(now).toBeAttached()
  const first = await rank()
  await expect.poll(rank).toBeGreaterThan(first + 10)
  const second = await rank()
  await expect.poll(rank).toBeGreaterThan(second + 10)
  await expect(now).toBeInViewport()
})

test('every chart is saved as SVG, PNG and CSV with the numbers of the log', async ({ page }) => {
  await ready(page)
  await page.keyboard.press('c')
  await page.getByRole('button', { name: 'Request sizes', exact: true }).click()
  const save = async (kind: string): Promise<Download> => {
    const waiting = page.waitForEvent('download')
    await page.getByRole('button', { name: `Save Request sizes as ${kind}` }).click()
    return waiting
  }
  const svg = await save('SVG')
  expect(svg.suggestedFilename()).toBe('bioscope-sizes.svg')
  const text = await textOf(svg)
  expect(text).toMatch(/^<svg xmlns/)
  expect(text).toContain('Merging moves them to the right')
  const png = await readFile(await (await save('PNG')).path())
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  const rows = rowsOf(await textOf(await save('CSV')))
  const sum = (lane: number): number => rows.slice(1).reduce((total, row) => total + Number(row[2 + lane]), 0)
  for (const [lane, mode] of (['bio', 'rq'] as const).entries()) {
    const record = galleryRecord(SCENARIO, mode)
    const issued = Array.from({ length: record.eventCount }, (_, i) => i).filter(
      (i) =>
        record.kindAt(i) === EventKind.rq_issue && record.header.devices[record.devAt(i)]?.role === 'path',
    )
    expect(sum(lane)).toBe(issued.length)
  }
  await page.getByRole('button', { name: 'table' }).click()
  await expect(page.getByRole('region', { name: 'table of Request sizes' })).toContainText('lane B')
})

test('the keyboard alone opens panels, moves the edge, covers the stage, and the height is kept', async ({
  page,
}) => {
  await ready(page)
  await page.keyboard.press('l')
  await expect(page.getByRole('tab', { name: 'Log' })).toHaveAttribute('aria-selected', 'true')
  await page.getByRole('tab', { name: 'Log' }).focus()
  await page.keyboard.press('ArrowLeft')
  await expect(page.getByRole('tab', { name: 'Charts' })).toBeFocused()
  await expect(page.getByRole('figure', { name: 'Request sizes' })).toBeVisible()
  const edge = page.getByRole('separator', { name: 'height of the dock' })
  await edge.focus()
  const before = Number(await edge.getAttribute('aria-valuenow'))
  await page.keyboard.press('ArrowUp')
  await expect(edge).toHaveAttribute('aria-valuenow', String(before + 2))
  await page.keyboard.press('m')
  await expect(page.getByRole('button', { name: 'Restore dock' })).toBeVisible()
  await expect(page.locator('.lane').first()).toBeHidden()
  await page.keyboard.press('m')
  await expect(page.locator('.lane').first()).toBeVisible()
  await page.reload()
  await expect(edge).toHaveAttribute('aria-valuenow', String(before + 2))
  await expect(page.getByRole('tab', { name: 'Charts' })).toHaveAttribute('aria-selected', 'true')
})

for (const theme of THEMES) {
  test(`axe finds no fault in any panel of the dock (${theme})`, async ({ page }) => {
    await ready(page, `./#v1;s=${SCENARIO}&t=300000&th=${theme}`)
    await page.keyboard.press('i')
    await expect(page.locator('.range-panel')).toBeVisible()
    expect(await faults(page, '.dock')).toEqual([])
    await page.keyboard.press('z')
    await page.getByLabel('rows of the timeline').selectOption('devices')
    await expect(page.locator('.stacked-labels li').first()).toBeVisible()
    expect(await faults(page, '.dock')).toEqual([])
    await page.keyboard.press('c')
    await expect(page.locator('[data-chart=load] svg[role=img]')).toBeVisible()
    await page.getByRole('button', { name: 'table' }).first().click()
    expect(await faults(page, '.dock')).toEqual([])
    await page.keyboard.press('l')
    await expect(page.locator('.log-row[data-when=future]').first()).toBeVisible()
    expect(await faults(page, '.dock')).toEqual([])
  })
}

for (const [name, viewport] of Object.entries({ ...sizes, wall: { width: 3840, height: 2160 } })) {
  test.describe(`on a ${name}`, () => {
    test.use({ viewport })

    test('no panel makes the page wider, and a wide screen does not scroll', async ({ page }) => {
      await page.goto(MOMENT)
      await expect(page.locator('.lane-sentence').first()).not.toBeEmpty()
      for (const key of ['w', 'c', 'l']) {
        await page.keyboard.press(key)
        await expect(page.locator('.dock [data-focus=panel]')).toBeVisible()
        const over = await page.evaluate(() => ({
          width: document.documentElement.scrollWidth - innerWidth,
          height: document.documentElement.scrollHeight - innerHeight,
        }))
        expect(over.width).toBeLessThanOrEqual(0)
        if (name !== 'phone') expect(over.height).toBeLessThanOrEqual(0)
      }
    })
  })
}

test.describe('as a sheet', () => {
  test.use({ viewport: sizes.phone })

  test('the dock is opened and closed by its tabs', async ({ page }) => {
    await page.goto(MOMENT)
    const timeline = page.getByRole('tab', { name: 'Timeline' })
    await expect(page.locator('.dock-body')).toBeHidden()
    await timeline.click()
    await expect(page.locator('.timeline-lane').first()).toBeVisible()
    await page.getByRole('tab', { name: 'Charts' }).click()
    await expect(page.getByRole('figure', { name: 'Request sizes' })).toBeVisible()
    await page.getByRole('tab', { name: 'Charts' }).click()
    await expect(page.locator('.dock-body')).toBeHidden()
  })
})
