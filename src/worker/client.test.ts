import { describe, expect, it } from 'vitest'
import { RunRecord } from '../record/run-record.ts'
import { FakeAsked, FakeRun } from '../../tests/support/fake-engine.ts'
import { testHeader, testResult } from '../../tests/support/log-writer.ts'
import { testScenario } from '../../tests/support/scenario.ts'
import type { Opened, Resolved, ScenarioSource } from '../scenario/index.ts'
import { EngineClient, type RunListener } from './client.ts'
import { serve } from './host.ts'
import type { Answer, Asked, FromWorker, OpeningNumber, RunSetup, ToWorker } from './protocol.ts'
import { soon } from './soon.ts'
import { portWire } from './wire.ts'

const source: ScenarioSource = { kind: 'gallery', name: 'test' }
const setup: RunSetup = { source, mode: 'bio', kernel: '6.12', seed: 1, actions: [] }
const resolveSource = (): Resolved => ({
  ok: true,
  scenario: testScenario(),
  story: undefined,
  defaulted: [],
})

function handWire(): { client: EngineClient; sent: ToWorker[]; arrive: (message: FromWorker) => void } {
  const sent: ToWorker[] = []
  let arrive: (message: FromWorker) => void = () => undefined
  const client = new EngineClient({ send: (m) => sent.push(m), listen: (receive) => (arrive = receive) })
  return { client, sent, arrive: (message) => arrive(message) }
}

function noting(heard: string[]): RunListener {
  return {
    header: () => heard.push('header'),
    batch: () => heard.push('batch'),
    ended: () => heard.push('ended'),
    problem: (problem) => heard.push(`problem ${problem.what}`),
  }
}

const emptyBatch = { chunks: [], additions: { tasks: [], strings: [], origins: [] } }

describe('the client', () => {
  it('gives each run a new number and a credit back for each batch taken', () => {
    const { client, sent, arrive } = handWire()
    const heard: string[] = []
    const first = client.load(setup, noting(heard))
    const second = client.load(setup, noting(heard))
    expect(second).not.toBe(first)
    arrive({ type: 'batch', run: first, batch: emptyBatch })
    expect(sent.filter((m) => m.type === 'credit')).toEqual([{ type: 'credit', run: first, batches: 1 }])
    expect(heard).toEqual(['batch'])
  })

  it('tells of the gallery also whoever asks after it came', () => {
    const { client, arrive } = handWire()
    arrive({ type: 'ready', gallery: [{ name: 'x', title: 'X', about: '' }] })
    const heard: string[] = []
    client.onGallery((gallery) => heard.push(...gallery.map(({ name }) => name)))
    expect(heard).toEqual(['x'])
  })

  it('drops what old runs still say', () => {
    const { client, sent, arrive } = handWire()
    const heard: string[] = []
    const old = client.load(setup, noting(heard))
    client.stop(old)
    arrive({ type: 'header', run: old, header: testHeader('bio') })
    arrive({ type: 'batch', run: old, batch: emptyBatch })
    arrive({ type: 'ended', run: old, result: testResult(0, 0) })
    expect(heard).toEqual([])
    expect(sent.map((m) => m.type)).toEqual(['load', 'stop'])
  })

  it('tells every run that goes on when the thread is lost', () => {
    const { client, arrive } = handWire()
    const [a, b]: [string[], string[]] = [[], []]
    const ended = client.load(setup, noting(a))
    client.load(setup, noting(b))
    arrive({ type: 'ended', run: ended, result: testResult(0, 0) })
    client.fail('the thread stopped')
    expect(a).toEqual(['ended'])
    expect(b).toEqual(['problem the thread stopped'])
  })

  it('tells of the gallery, and gives each opening its own answer', () => {
    const { client, sent, arrive } = handWire()
    const heard: string[] = []
    client.onGallery((gallery) => heard.push(...gallery.map(({ name }) => name)))
    const noted =
      (name: string) =>
      (opened: Opened): number =>
        heard.push(`${name}: ${opened.ok ? 'fine' : opened.notice}`)
    client.open(source, noted('a'))
    client.open(source, noted('b'))
    const [a, b] = sent.flatMap((m) => (m.type === 'open' ? [m.opening] : []))
    arrive({ type: 'ready', gallery: [{ name: 'x', title: 'X', about: '' }] })
    arrive({ type: 'opened', opening: b!, opened: { ok: false, notice: 'no', problems: [] } })
    arrive({ type: 'opened', opening: a!, opened: { ok: false, notice: 'nor this', problems: [] } })
    arrive({ type: 'opened', opening: 99 as OpeningNumber, opened: { ok: false, notice: '', problems: [] } })
    expect(heard).toEqual(['x', 'b: no', 'a: nor this'])
  })

  it('begins ahead what is likely to be loaded, and stops what is not', () => {
    const { client, sent, arrive } = handWire()
    const rq: RunSetup = { ...setup, mode: 'rq' }
    const heard: string[] = []
    const loaded: number[] = []
    client.open(source, () => loaded.push(client.load({ ...rq }, noting(heard))), [setup, rq])
    expect(sent.map((m) => m.type)).toEqual(['open', 'load', 'load'])
    const [unwanted, wanted] = sent.flatMap((m) => (m.type === 'load' ? [m.run] : []))
    const [opening] = sent.flatMap((m) => (m.type === 'open' ? [m.opening] : []))
    arrive({ type: 'opened', opening: opening!, opened: { ok: false, notice: '', problems: [] } })
    expect(loaded).toEqual([wanted])
    expect(sent.slice(3)).toEqual([{ type: 'stop', run: unwanted }])
    arrive({ type: 'header', run: unwanted!, header: testHeader('bio') })
    arrive({ type: 'header', run: wanted!, header: testHeader('rq') })
    expect(heard).toEqual(['header'])
    expect(client.load(rq, noting(heard))).not.toBe(wanted)
  })

  it('answers openings though the thread is lost', () => {
    const { client } = handWire()
    const heard: Opened[] = []
    client.open(source, (opened) => heard.push(opened))
    client.fail('the thread stopped')
    client.open(source, (opened) => heard.push(opened))
    expect(heard.map((opened) => !opened.ok && opened.notice)).toEqual([
      'the thread stopped',
      'the thread stopped',
    ])
  })

  it('answers each question once, and none that nobody waits for', () => {
    const { client, sent, arrive } = handWire()
    const heard: string[] = []
    const asked: Asked = { setup, at_ns: 5, question: { ask: 'multipath_ll' } }
    const hear = (answer: Answer): number => heard.push(answer.ok ? answer.text : 'refused')
    client.ask(asked, hear)
    const cancel = client.ask(asked, hear)
    const [first, second] = sent.flatMap((m) => (m.type === 'ask' ? [m.ask] : []))
    cancel()
    cancel()
    expect(sent.slice(2)).toEqual([{ type: 'unask', ask: second }])
    arrive({ type: 'answer', ask: second!, answer: { ok: true, text: 'late' } })
    arrive({ type: 'answer', ask: first!, answer: { ok: true, text: 'mp dm-0' } })
    arrive({ type: 'answer', ask: first!, answer: { ok: true, text: 'again' } })
    expect(heard).toEqual(['mp dm-0'])
    client.ask(asked, hear)
    client.fail('the thread stopped')
    client.ask(asked, hear)
    expect(heard).toEqual(['mp dm-0', 'refused', 'refused'])
  })

  it('carries a whole run over a real channel, buffers transferred', async () => {
    const { port1, port2 } = new MessageChannel()
    const runs: FakeRun[] = []
    const createRun = (input: ConstructorParameters<typeof FakeRun>[0]): FakeRun => {
      const run = new FakeRun(input, { events: 200_000 })
      runs.push(run)
      return run
    }
    serve(portWire<ToWorker, FromWorker>(port2), {
      ...{ createRun, resolveSource, gallery: [], defer: soon(), nowMs: () => 0 },
      createAsked: () => new FakeAsked(),
    })
    const client = new EngineClient(portWire(port1))
    const record = await new Promise<RunRecord>((resolve, reject) => {
      let record: RunRecord | undefined
      client.load(setup, {
        header: (header) => (record = new RunRecord(header)),
        batch: (chunks, additions) => record!.append(chunks, additions),
        ended: (result) => {
          record!.result = result
          resolve(record!)
        },
        problem: (problem) => reject(new Error(problem.what)),
      })
    })
    port1.close()
    port2.close()
    expect(record.eventCount).toBe(200_000)
    expect(record.subjectAt(199_999)).toBe(200_000)
    expect(record.timeAt(123_456)).toBe(123_457_000)
    expect(runs[0]!.log.chunks.every((chunk) => chunk.timeNs.length === 0)).toBe(true)
  })
})
