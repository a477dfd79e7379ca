/** What the record costs: folding, seeking, bytes an event. The log is a random one of ten million events. */
import { BYTES_PER_EVENT } from '../../src/engine/log/index.ts'
import { foldTo } from '../../src/record/fold.ts'
import { Picture } from '../../src/record/picture.ts'
import { cpuMsOf, type Row } from '../../src/cli/measure.ts'
import { Milestones } from '../../src/record/milestones.ts'
import { storyTime } from '../../src/record/story-time.ts'
import { testHeader } from '../support/log-writer.ts'
import { randomLog } from '../support/random-log.ts'

export const name = 'record'

const IOS = 500_000
const SEEKS = 400

export async function run(): Promise<Row[]> {
  const record = randomLog({ mode: 'bio', seed: 1, ios: IOS, paths: 2, depth: 32 }).record(testHeader('bio'))
  const events = record.eventCount
  const plain = new Picture(record.header)
  const fold = await cpuMsOf(() => foldTo(plain, record, events - 1))
  const laying = await cpuMsOf(() => record.pictureAt(events - 1))
  const step = await cpuMsOf(() => {
    for (let i = 0; i < 100_000; i++) record.pictureAt(i)
  })
  const seeks: number[] = []
  for (let i = 0; i < SEEKS; i++) {
    const index = Math.floor(((i * 7919) % SEEKS) * (events / SEEKS)) + 1234
    seeks.push(await cpuMsOf(() => record.pictureAt(Math.min(index, events - 1))))
  }
  seeks.sort((a, b) => a - b)
  const p95 = seeks[Math.floor(SEEKS * 0.95)] ?? 0
  const story = await cpuMsOf(() => storyTime([record]))
  const milestones = await cpuMsOf(() => new Milestones(record).all())
  const keyframeBytes = record.keyframes.reduce((sum, frame) => sum + frame.byteLength, 0)
  const perEvent = BYTES_PER_EVENT + keyframeBytes / events
  return [
    { what: 'fold', count: events, unit: 'events', cpuMs: fold },
    { what: 'fold and lay keyframes', count: events, unit: 'events', cpuMs: laying },
    { what: 'step by one', count: 100_000, unit: 'events', cpuMs: step },
    { what: 'story map', count: events, unit: 'events', cpuMs: story },
    { what: 'milestones', count: events, unit: 'events', cpuMs: milestones },
    {
      what: 'seek',
      count: SEEKS,
      unit: 'seeks',
      cpuMs: seeks.reduce((sum, ms) => sum + ms, 0),
      note: `p95 ${p95.toFixed(1)} ms; ${record.keyframes.length} keyframes, ${perEvent.toFixed(2)} bytes an event`,
    },
  ]
}
