/**
 * The stage at rest, in every built-in scenario and at many events of it: nothing on it lies over anything else, over a
 * word, or outside its lane.
 */
import { describe, expect, it } from 'vitest'
import { createRun } from '../src/engine/index.ts'
import { QUEUE_MODES, type QueueMode } from '../src/engine/log/index.ts'
import { RunRecord } from '../src/record/run-record.ts'
import { GALLERY, resolveScenario } from '../src/scenario/index.ts'
import { LaneFacts } from '../src/stage/facts.ts'
import { shapeOf } from '../src/stage/lane-show.ts'
import { layoutLane, MOST_PATHS } from '../src/stage/layout/layout.ts'
import type { LaneLayout } from '../src/stage/layout/parts.ts'
import { contains, overlaps, rect, type Rect } from '../src/stage/rect.ts'
import { Look } from '../src/stage/targets/look.ts'
import { Placer } from '../src/stage/targets/placer.ts'
import { Targets } from '../src/stage/targets/targets.ts'

const ROOMS = [
  { widthPx: 568, heightPx: 500, unitPx: 1 },
  { widthPx: 376, heightPx: 530, unitPx: 1 },
]
/** Moments looked at in a run. */
const MOMENTS = 250
const SLACK_PX = 0.5

function recordOf(scenario: (typeof GALLERY)[number], mode: QueueMode): RunRecord | undefined {
  const resolved = resolveScenario(scenario)
  if (!resolved.ok || !resolved.scenario.modes.includes(mode)) return undefined
  const run = createRun({
    scenario: { ...resolved.scenario, seed: 1 },
    mode,
    kernel: resolved.scenario.kernel,
    actions: [],
  })
  for (let i = 0; i < 20 && run.advance(20_000) !== 'ended'; i++);
  const record = new RunRecord(run.header)
  record.append(run.takeChunks(), run.tables)
  return record
}

/** Rectangles of words and figures that stay. */
function words(layout: LaneLayout): Rect[] {
  const { title, app, layers, dm, paths, nodes, lun, sentence } = layout
  return [
    title,
    app.label,
    app.count,
    dm.head,
    lun.label,
    sentence,
    ...layers.map(({ label }) => label),
    ...dm.bands.map(({ label }) => label),
    ...nodes.map(({ x, y, halfWidth, radius }) => rect(x - halfWidth, y - radius, 2 * halfWidth, 2 * radius)),
    ...paths.flatMap(({ head, band, device, tags }) => [
      head,
      band.label,
      device.label,
      tags.label,
      tags.count,
    ]),
  ]
}

function boxesOf({ look, host, count, x, y, w, h }: Targets): Rect[] {
  const boxes: Rect[] = []
  for (let row = 0; row < count; row++)
    if (look[row] !== Look.none && look[row] !== Look.ended && host[row]! < 0)
      boxes.push(rect(x[row]!, y[row]!, w[row]!, h[row]!))
  return boxes
}

/** The first thing that lies where it must not, in words. */
function faultAmong(boxes: readonly Rect[], fixed: readonly Rect[], lane: Rect): string | undefined {
  for (const [i, box] of boxes.entries()) {
    if (!contains(lane, box, SLACK_PX)) return `${JSON.stringify(box)} is outside`
    const under = [...fixed, ...boxes.slice(i + 1)].find((other) => overlaps(box, other, SLACK_PX))
    if (under !== undefined) return `${JSON.stringify(box)} lies on ${JSON.stringify(under)}`
  }
  return undefined
}

describe('the judge', () => {
  const lane = rect(0, 0, 100, 100)
  const box = rect(10, 10, 20, 20)

  it('sees a box on another, on a word, outside; and none where there is none', () => {
    expect(faultAmong([box, rect(25, 25, 20, 20)], [], lane)).toMatch('lies on')
    expect(faultAmong([box], [rect(25, 25, 20, 20)], lane)).toMatch('lies on')
    expect(faultAmong([rect(90, 90, 20, 20)], [], lane)).toMatch('is outside')
    expect(faultAmong([box, rect(30, 10, 20, 20)], [rect(10, 30, 20, 20)], lane)).toBeUndefined()
  })
})

describe.each(GALLERY.map((scenario) => [scenario.scenario, scenario] as const))('%s', (_name, scenario) => {
  it.each(QUEUE_MODES)('keeps everything apart in %s mode', (mode) => {
    const record = recordOf(scenario, mode)
    if (record === undefined || shapeOf(record).paths.length > MOST_PATHS) return
    const facts = new LaneFacts(record.header)
    for (const chunk of record.chunks) facts.read(chunk)
    const targets = new Targets()
    const step = Math.max(1, Math.floor(record.eventCount / MOMENTS))
    for (const room of ROOMS) {
      const layout = layoutLane(shapeOf(record), room)
      const fixed = words(layout)
      const lane = rect(0, 0, room.widthPx, room.heightPx)
      const placer = new Placer()
      for (let index = 0; index < record.eventCount; index += step) {
        placer.place(record.pictureAt(index), layout, facts, targets)
        const fault = faultAmong(boxesOf(targets), fixed, lane)
        if (fault !== undefined) expect.fail(`event ${index}, ${room.widthPx} px: ${fault}`)
      }
    }
  })
})
