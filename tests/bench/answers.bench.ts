/**
 * How long the page takes to answer: keys and clicks on a run of millions of events, each from the press to the next paint,
 * and the longest task of the two seconds that follow. The paint is wall time as the browser reports it, in steps of 8 ms,
 * and grows with whatever else the machine does; the longest task is CPU time of the main thread, taken from a trace.
 */
import type { CDPSession, Page } from '@playwright/test'
import type { Row } from '../../src/cli/measure.ts'
import { onBuiltPages, threadOf, threadTime } from './page-frames.ts'

export const name = 'answers'

const LOAD = { depth: 1000, ios: 100_000 }
const AFTER_MS = 2000

/** A slice of a trace, as far as it is read. */
interface Traced {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** CPU time, microseconds. */
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

const press =
  (...keys: readonly string[]) =>
  async (page: Page): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key)
  }

const ACTS: readonly (readonly [what: string, act: (page: Page) => Promise<void>])[] = [
  ['event log opens (l)', press('l')],
  ['search in it (/, typed)', press('/', 'm', 'e', 'r', 'g', 'e')],
  ['back to the timeline (Esc, w)', press('Escape', 'Escape', 'w')],
  ['charts open (c)', press('c')],
  ['back to the timeline (w)', press('w')],
  ['a click in the middle of the show', clickShow],
  ['pause (space)', press(' ')],
  ['one event forwards (→)', press('ArrowRight')],
  ['one event back (←)', press('ArrowLeft')],
  ['to the end (End)', press('End')],
  ['to the start (Home)', press('Home')],
  ['an I/O is followed (f)', press('f')],
  ['the editor opens (e)', press('e')],
]

async function clickShow(page: Page): Promise<void> {
  const box = (await page.locator('.scrubber').boundingBox())!
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
}

export async function run(): Promise<Row[]> {
  return onBuiltPages(async (open) => {
    const page = await open(LOAD)
    await page.evaluate(WATCH)
    const thread = await threadOf(page)
    const rows: Row[] = []
    for (const [what, act] of ACTS) {
      await page.evaluate('window.paintMs = 0')
      const before = await threadTime(thread)
      const longestMs = await longestTaskMs(thread, async () => {
        await act(page)
        await page.waitForTimeout(AFTER_MS)
      })
      const cpuMs = (await threadTime(thread)).taskMs - before.taskMs
      const paintMs = await page.evaluate<number>('window.paintMs')
      const paint = paintMs === 0 ? 'below 16' : String(paintMs)
      const note = `to the next paint ${paint} ms, longest task ${longestMs.toFixed(0)} ms`
      rows.push({ what, count: AFTER_MS, unit: 'ms', cpuMs, note })
    }
    const events = await eventsOf(page)
    return rows.map((row, i) => (i === 0 ? { ...row, what: `${row.what}, ${events}` } : row))
  })
}

/** As the log counts them. */
async function eventsOf(page: Page): Promise<string> {
  await page.keyboard.press('Escape')
  await page.keyboard.press('l')
  const count = page.locator('.log-count')
  await count.waitFor()
  return (await count.textContent()) ?? ''
}

async function longestTaskMs(thread: CDPSession, work: () => Promise<void>): Promise<number> {
  const traced: Traced[] = []
  const collect = ({ value }: { readonly value: readonly object[] }): void => {
    traced.push(...(value as readonly Traced[]))
  }
  thread.on('Tracing.dataCollected', collect)
  await thread.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel'], excludedCategories: ['*'] },
  })
  await work()
  const complete = new Promise((done) => thread.once('Tracing.tracingComplete', done))
  await thread.send('Tracing.end')
  await complete
  thread.off('Tracing.dataCollected', collect)
  const keyOf = ({ pid, tid }: Traced): string => `${pid} ${tid}`
  const mains = new Set(traced.filter(({ args }) => args?.name === 'CrRendererMain').map(keyOf))
  const tasks = traced.filter((one) => mains.has(keyOf(one)))
  return Math.max(0, ...tasks.map(({ tdur = 0 }) => tdur)) / 1000
}

/** Runs in the page, as text: the slowest answer to an interaction. */
const WATCH = `new PerformanceObserver((list) => {
  for (const { duration, interactionId } of list.getEntries())
    if (interactionId !== 0) window.paintMs = Math.max(window.paintMs, duration)
}).observe({ type: 'event', durationThreshold: 16 })`
