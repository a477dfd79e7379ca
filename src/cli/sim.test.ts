import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { GALLERY } from '../scenario/index.ts'
import { readArguments } from './arguments.ts'
import { main } from './sim.ts'

const folder = mkdtempSync(join(tmpdir(), 'sim-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, null, 1))
  return path
}

async function sim(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const texts = { out: '', err: '' }
  const to = (name: 'out' | 'err') => (text: string) => {
    texts[name] += text
    return Promise.resolve()
  }
  const code = await main(words, { out: to('out'), err: to('err') })
  return { code, ...texts }
}

const good = file('good.json', GALLERY[0])

/** multipathd finds one of two disks offline, and running again. */
const watched = file('watched.json', {
  devices: [{}, {}],
  multipathd: { polling_interval: 1 },
  tasks: [
    {
      do: [
        { sysfs: '/sys/block/sda/device/state', value: 'offline' },
        { sleep_ns: 6e9 },
        { sysfs: '/sys/block/sda/device/state', value: 'running' },
        { sleep_ns: 6e9 },
      ],
    },
  ],
})

describe('the arguments', () => {
  it.each<[string[], string]>([
    [[], 'no scenario is named; write the path of a scenario file'],
    [['a.json', 'b.json'], '"b.json" is one word too many; name one scenario'],
    [['a.json', '--mod', 'rq'], 'unknown option --mod; did you mean --mode?'],
    [['a.json', '--mode'], '--mode has no value; write --mode and its value'],
    [['a.json', '--mode', 'mq'], '--mode "mq" is not a queue mode; write "bio", "rq", "native" or "single"'],
    [
      ['a.json', '--format', 'xml'],
      '--format "xml" is not a format; write "ftrace", "blkparse", "jsonl", "summary" or "ledger"',
    ],
    [['a.json', '--seed', '-1'], '--seed "-1" is not a number; write a whole number from 0'],
  ])('%j are refused in one sentence', (words, sentence) => {
    expect(readArguments(words)).toEqual({ kind: 'wrong', sentence })
  })

  it('may come in any order, with or without an equals sign', () => {
    const one = readArguments(['--mode=bio', 'a.json', '--seed', '7', '--format', 'jsonl'])
    const other = readArguments(['a.json', '--seed=7', '--format=jsonl', '--mode', 'bio'])
    expect(one).toEqual(other)
    expect(one).toMatchObject({
      kind: 'run',
      request: { path: 'a.json', mode: 'bio', seed: 7, format: 'jsonl' },
    })
  })
})

describe('bad input', () => {
  const broken = file('broken.json', '{\n "devices": [{}],\n "tasks": [}\n')
  const wrong = file('wrong.json', { devices: [{ driver: 'scsi_debgu' }], tasks: [{ do: [] }] })
  const rqOnly = file('rq.json', { ...GALLERY[0], modes: ['rq'] })
  it.each<[string, string[], RegExp]>([
    [
      'a missing file',
      [join(folder, 'none.json'), '--mode', 'rq'],
      /none\.json: .*there is no such file.*; /,
    ],
    ['a folder', [folder, '--mode', 'rq'], /it is a folder.*; /],
    ['a broken file', [broken, '--mode', 'rq'], /broken\.json, line 3: .*not JSON.*; /],
    [
      'a wrong scenario',
      [wrong, '--mode', 'rq'],
      /wrong\.json, line 4: devices\[0\]\.driver: .*did you mean "scsi_debug"\?/,
    ],
    ['no mode where there are two', [good], /good\.json has the modes bio and rq; choose one with --mode/],
    ['a mode that is not meant', [rqOnly, '--mode', 'bio'], /rq\.json: modes: .*; write --mode rq/],
    [
      'a kernel',
      [good, '--mode', 'rq', '--kernel', '6.11'],
      /--kernel "6.11" is not modelled; use one of 2\.6\.28, .*6\.12/,
    ],
  ])('as %s ends with code 2 and one sentence', async (_, words, sentence) => {
    const { code, out, err } = await sim(...words)
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).toMatch(sentence)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
  })
})

describe('good input', () => {
  it('gets help when it asks', async () => {
    const { code, out, err } = await sim('--help')
    expect([code, err]).toEqual([0, ''])
    for (const option of ['--mode', '--kernel', '--format', '--seed', '--defaults'])
      expect(out).toContain(option)
  })

  it('is shown what was filled in', async () => {
    const { code, out } = await sim(good, '--defaults')
    expect(code).toBe(0)
    expect(out).toContain('devices[0].queue.max_sectors_kb = 1280  (preset scsi_debug, kernel 6.12)\n')
    expect(out).toContain('dm.table = "0 294912 multipath')
  })

  it.each(['ftrace', 'blkparse', 'summary'])(
    'is simulated and ends in the final state as %s',
    async (format) => {
      const { code, out, err } = await sim(good, '--mode', 'rq', '--format', format)
      expect([code, err]).toEqual([0, ''])
      expect(out).toMatch(
        /\n# status 0 294912 multipath .*\n# table 0 294912 multipath .*\n# app ok=16 failed=0\n$/,
      )
    },
  )

  it('has what multipathd did in its summary, where there is one', async () => {
    expect((await sim(good, '--mode', 'rq', '--format', 'summary')).out).not.toContain('multipathd')
    const { out } = await sim(watched, '--mode', 'bio', '--format', 'summary')
    expect(out).toMatch(/\nmultipathd: checks ended \d+×down, \d+×up; sent 1×fail_path, 1×reinstate_path\n/)
  })

  it('is simulated the same way twice', async () => {
    const once = await sim(good, '--mode', 'bio', '--format', 'jsonl')
    const again = await sim(good, '--mode', 'bio', '--format', 'jsonl')
    expect(once.code).toBe(0)
    expect(again.out).toBe(once.out)
  })

  it('may name kernel and seed', async () => {
    const { out } = await sim(good, '--mode', 'rq', '--kernel', '6.1', '--seed', '5', '--format', 'jsonl')
    const { header } = JSON.parse(out.slice(0, out.indexOf('\n'))) as {
      header: { kernel: string; seed: number }
    }
    expect(header).toMatchObject({ kernel: '6.1', seed: 5 })
  })
})
