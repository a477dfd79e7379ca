/**
 * How a frame of the page is measured: the built page in a headless browser, playing a closed loop with so many I/Os in
 * flight in the bio lane (the request lane has tags for 256). Needs `npm run build` first.
 *
 * Script time of a frame is taken by the page's own frame loop, with the clock on the wall; beside it stands what the main
 * thread computed per frame (script, style, layout, paint, canvas), which other programs on the machine do not disturb.
 */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium, type CDPSession, type Page } from '@playwright/test'
import { LIMITS } from '../../src/scenario/limits.ts'
import { findChromium } from '../../src/cli/chromium.mjs'
import type { Row } from '../../src/cli/measure.ts'
import { serve } from '../../src/cli/serve.mjs'
import { toBase64Url } from '../../src/lib/base64url.ts'

const dist = fileURLToPath(new URL('../../dist', import.meta.url))
const FRAMES = 400
const WARM_UP_MS = 1500
/** The run is computed when the show has kept its length for so long. */
const QUIET_MS = 3000
const POLL_MS = 500
/** Share of the show at which the loop is full; the bio lane, which has no tags, is done long before the end. */
const FULL_FROM = 0.2
const SECTORS = 2_097_152
/** A command takes so long for each that shall be in flight: no CPU submits faster. */
const SUBMIT_NS = 20_000

/** A closed loop: so many in flight, so many in all. */
export interface Load {
  readonly depth: number
  readonly ios: number
}

interface Sample {
  readonly scriptMs: readonly number[]
  readonly wallMs: number
  readonly inFlight: string
}

/** CPU time of the main thread so far, ms. */
export interface ThreadTime {
  readonly taskMs: number
  readonly scriptMs: number
}

function loopOf({ depth, ios }: Load): string {
  const path = {
    driver: 'null_blk',
    completion: { kind: 'timer', ns: Math.max(20_000_000, depth * SUBMIT_NS) },
    queue_depth: 2048,
  }
  const paths = Math.max(2, Math.ceil(depth / 1500))
  const ofTable = Array.from({ length: paths }, (_, i) => `252:${i} 1`).join(' ')
  const loops = Math.ceil(depth / LIMITS.depthOfLoop)
  const loop = { io: 'loop', op: 'W', length: 4096, count: ios / loops, depth: depth / loops }
  const others = Array.from({ length: loops - 1 }, (_, i) => ({
    name: `loop${i + 1}`,
    cpu: i + 1,
    do: [loop],
  }))
  const starts = others.map((task) => ({ start: task.name }))
  const tasks = [{ name: 'main', cpu: 0, do: [...starts, loop] }, ...others]
  return JSON.stringify({
    scenario: `bench-${depth}`,
    about: `a closed loop of ${depth}`,
    devices: Array.from({ length: paths }, () => path),
    dm: { table: `0 ${SECTORS} multipath 2 queue_mode {mode} 0 1 1 round-robin 0 ${paths} 1 ${ofTable}` },
    tasks,
  })
}

/** What is measured: how many in flight and in all, and what is done with the page before it is watched. */
export interface Watched extends Load {
  readonly prepare?: (page: Page) => Promise<void>
  /** Instead of how many are in flight. */
  readonly what?: string
}

export async function measureFrames(all: readonly Watched[]): Promise<Row[]> {
  return onBuiltPages(async (open) => {
    const rows: Row[] = []
    for (const { prepare, what, ...load } of all) {
      const page = await open(load)
      await prepare?.(page)
      await page.waitForTimeout(WARM_UP_MS)
      const thread = await threadOf(page)
      const before = await threadTime(thread)
      const sample = await page.evaluate<Sample>(SAMPLE)
      const row = rowOf(sample, before, await threadTime(thread))
      rows.push(what === undefined ? row : { ...row, what: `${what}; ${row.what}` })
      await page.close()
    }
    return rows
  })
}

/** `open` shows a load in the built page and goes to the middle of it, playing. */
export async function onBuiltPages<T>(work: (open: (load: Load) => Promise<Page>) => Promise<T>): Promise<T> {
  if (!existsSync(`${dist}/index.html`))
    throw new Error('There is no dist/index.html: run "npm run build" first')
  const executablePath = findChromium()
  const server = await serve(dist)
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox', '--disable-quic'],
  })
  try {
    return await work(async (load) => {
      const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
      await page.goto(`${server.address}#v1;x=${toBase64Url(loopOf(load))}`)
      await toTheMiddle(page)
      return page
    })
  } finally {
    await browser.close()
    await server.close()
  }
}

/** Into the run, once it is computed: there the loop is full in both lanes. */
async function toTheMiddle(page: Page): Promise<void> {
  await page.locator('.row-count').first().waitFor()
  let length = ''
  for (let stillMs = 0; stillMs < QUIET_MS; stillMs += POLL_MS) {
    await page.waitForTimeout(POLL_MS)
    const now = await page.evaluate<string>(LENGTH)
    if (now !== length) stillMs = 0
    length = now
  }
  const box = (await page.locator('.scrubber').boundingBox())!
  await page.mouse.click(box.x + box.width * FULL_FROM, box.y + box.height / 2)
}

/** Runs in the page, as text: the marks along the show, which move while the run grows. */
const LENGTH = `[...document.querySelectorAll('.scrub-jump, .scrub-mark')].map((one) => one.style.left).join()`

export async function threadOf(page: Page): Promise<CDPSession> {
  const thread = await page.context().newCDPSession(page)
  await thread.send('Performance.enable', { timeDomain: 'threadTicks' })
  return thread
}

export async function threadTime(thread: CDPSession): Promise<ThreadTime> {
  const { metrics } = await thread.send('Performance.getMetrics')
  const msOf = (name: string): number => (metrics.find((one) => one.name === name)?.value ?? 0) * 1000
  return { taskMs: msOf('TaskDuration'), scriptMs: msOf('ScriptDuration') }
}

/** Runs in the page, as text: the script time of each frame. */
const SAMPLE = `(async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(done))
  const scriptMs = []
  let inFlight = ''
  const start = performance.now()
  for (let i = 0; i < ${FRAMES}; i++) {
    await frame()
    scriptMs.push(window.bioscope.costs().reduce((sum, { lastMs }) => sum + lastMs, 0))
    if (i === ${FRAMES / 2})
      inFlight = [...document.querySelectorAll('.row-count')].map((one) => one.textContent).join(' and ')
  }
  return { scriptMs, wallMs: performance.now() - start, inFlight }
})()`

function rowOf({ scriptMs, wallMs, inFlight }: Sample, before: ThreadTime, after: ThreadTime): Row {
  const sorted = [...scriptMs].sort((a, b) => a - b)
  const at = (share: number): string => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1)
  const fps = (scriptMs.length / wallMs) * 1000
  const perFrame = (key: keyof ThreadTime): string =>
    ((after[key] - before[key]) / scriptMs.length).toFixed(1)
  const script = `script median ${at(0.5)} ms, p95 ${at(0.95)} ms`
  const thread = `main thread ${perFrame('taskMs')} ms a frame, of it script ${perFrame('scriptMs')} ms`
  return {
    what: `1920x1080, ${inFlight}`,
    count: scriptMs.length,
    unit: 'frames',
    cpuMs: after.taskMs - before.taskMs,
    note: `${script}; ${thread}; ${fps.toFixed(0)} frames/s`,
  }
}
