import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resolveScenario, readScenario } from '../resolve.ts'
import { problemSentence } from '../problems.ts'
import { parseFioFile } from './parse.ts'
import { readSize, readTime } from './units.ts'

const GIB = 2 ** 30

function jobsOf(text: string): unknown {
  const parsed = parseFioFile(text, GIB)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.jobs
}

function firstProblem(text: string): string {
  const parsed = parseFioFile(text, GIB)
  if (parsed.ok) throw new Error('it was taken')
  const { line, what, remedy } = parsed.problems[0]!
  return `line ${line}: ${what}; ${remedy}`
}

const defaults = { rw: 'read', bs: 4096, ioengine: 'psync', direct: false }

describe('a fio job file', () => {
  it('is read with its sections, global options and fio’s defaults', () => {
    const text = `
; two jobs of mptest's kind
[global]
ioengine=libaio
direct=1
bs=512k
runtime=30
time_based
group_reporting

[writer]
rw=randwrite
iodepth=2
verify=meta
[reader]
wait_for_previous
rw = randread
bs=4k
rate_iops=60,30
thinktime=100`
    const common = { ioengine: 'libaio', direct: true, runtime_ns: 30e9, time_based: true }
    expect(jobsOf(text)).toEqual([
      { ...defaults, ...common, name: 'writer', bs: 524_288, rw: 'randwrite', iodepth: 2, verify: 'meta' },
      {
        ...{ ...defaults, ...common, name: 'reader', rw: 'randread', stonewall: true },
        ...{ rate_iops: { read: 60, write: 30 }, thinktime_ns: 100_000 },
      },
    ])
  })

  it('lists what it takes and what has no effect', () => {
    const parsed = parseFioFile('[a]\nfilename=/dev/mapper/mp\nrw=write\ngroup_reporting\n', GIB)
    expect(parsed).toMatchObject({
      ok: true,
      withoutEffect: [
        { line: 2, text: 'filename=/dev/mapper/mp' },
        { line: 4, text: 'group_reporting' },
      ],
    })
  })

  it.each([
    ['rw=readwrite', { rw: 'rw' }],
    ['buffered=0', { direct: true }],
    ['bs=4k,64k', { bs: { read: 4096, write: 65_536 } }],
    [
      'bssplit=4k/60:64k/40',
      {
        bssplit: [
          { bytes: 4096, percent: 60 },
          { bytes: 65_536, percent: 40 },
        ],
      },
    ],
    [
      'bssplit=4k/50:8k/:16k/',
      {
        bssplit: [
          { bytes: 4096, percent: 50 },
          { bytes: 8192, percent: 25 },
          { bytes: 16_384, percent: 25 },
        ],
      },
    ],
    ['rate=1m,', { rate: { read: 1_048_576 } }],
    ['rate=,512k', { rate: { write: 524_288 } }],
    ['size=25%', { size: GIB / 4 }],
    ['rwmixwrite=30', { rwmixread: 70 }],
    ['runtime=500ms', { runtime_ns: 500e6, time_based: false }],
    ['startdelay=2', { startdelay_ns: 2e9 }],
    ['iodepth_batch_submit=16', { iodepth_batch: 16 }],
    ['norandommap', { norandommap: true }],
    ['verify=0', {}],
  ])('%s means what it means to fio', (option, fields) => {
    expect(jobsOf(`[a]\n${option}\n`)).toEqual([{ ...defaults, name: 'a', ...fields }])
  })

  it.each([
    [
      '[a]\niodpeth=4\n',
      'line 2: "iodpeth" is no option of fio that is simulated; did you mean "iodepth"? known are rw, readwrite, bs, ',
    ],
    [
      '[a]\nzonemode=zbd\n',
      'line 2: "zonemode" is no option of fio that is simulated; take it out; known are rw, readwrite, bs, ',
    ],
    ['[a]\nrw=randwrit\n', 'line 2: rw=randwrit does not fit; did you mean "randwrite"?'],
    ['[a]\nbs=4q\n', 'line 2: bs=4q does not fit; write a size such as 4k, 1m or 512, or READ,WRITE'],
    ['[a]\n\niodepth=100000\n', 'line 3: iodepth 100000 does not fit; write a whole number from 1 to 4096'],
    ['rw=read\n', 'line 1: "rw=read" stands before any section; begin with [global] or [name of a job]'],
    ['[global]\nrw=read\n', 'line 0: it has no job; add a section [name] with rw, bs and so on'],
    [
      '[a]\nbssplit=4k/60:64k/60\n',
      'line 2: bssplit=4k/60:64k/60 does not fit; write sizes with shares that make 100, such as 4k/60:64k/40',
    ],
    [
      '[a]\nruntime=5y\n',
      'line 2: runtime=5y does not fit; write a time such as 5s, 20ms or 100us; without a unit it is s',
    ],
  ])('%j is refused by line and option', (text, sentence) => {
    expect(firstProblem(text).slice(0, sentence.length)).toBe(sentence)
  })

  it('answers any text', () => {
    const word = fc.constantFrom(
      '[a]',
      '[',
      'rw=',
      'bs=4k',
      'bssplit=1/',
      'size=%',
      'rate=,,',
      '\n',
      '=',
      'runtime=',
      '9'.repeat(40),
      'global',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string())), (words) => {
        expect(parseFioFile(words.join('\n'), GIB)).toHaveProperty('ok')
      }),
    )
  })
})

describe('in a scenario', () => {
  const scenario = (fio_file: string): unknown => ({
    devices: [{ driver: 'scsi_debug' }],
    tasks: [{ do: [{ fio_file }] }],
  })

  it('becomes the jobs of a step, with what has no effect among the defaults', () => {
    const resolved = resolveScenario(scenario('[a]\nrw=write\ndirect=1\nsize=50%\nthread\n'))
    if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems))
    const [step] = resolved.scenario.tasks[0]!.do
    expect(step).toEqual({
      fio_jobs: [{ ...defaults, name: 'a', rw: 'write', direct: true, size: 294_912 * 256 }],
    })
    expect(resolved.defaulted).toContainEqual({
      ...{ path: 'tasks[0].do[0].fio_file["line 5"]', value: 'thread' },
      source: 'an option of fio without effect here',
    })
  })

  it.each([
    [
      '[a]\nrw=wirte',
      'line 1: tasks[0].do[0].fio_file, line 2: rw=wirte does not fit; did you mean "write"?',
    ],
    [
      '[a]\nbs=4ki\ndirect=1',
      'line 1: tasks[0].do[0].fio_jobs[0].bs: 4000 is not a multiple of the logical block, 512 bytes; write a multiple (in fio 4k is 4096 bytes and 4ki is 4000)',
    ],
    [
      '[a]\nrw=write\nverify=md5',
      'line 1: tasks[0].do[0].fio_jobs[0].verify: through the page cache it would only check the cache; write direct=1, or leave verify out',
    ],
    [
      '[a]\nbs=1m\nsize=64k',
      "line 1: tasks[0].do[0].fio_jobs[0]: 1048576 bytes, one block, do not fit: there are 65536 between the job's offset and its end; make size larger, or bs or offset smaller",
    ],
  ])('%j is named with its place', (text, sentence) => {
    const resolved = readScenario(JSON.stringify(scenario(text)))
    expect(resolved.ok ? [] : resolved.problems.map((one) => problemSentence(one))).toEqual([sentence])
  })

  it('a step of a job knows its fields', () => {
    const resolved = resolveScenario({
      devices: [{}],
      tasks: [{ do: [{ fio: { rw: 'read', bs: 4096, iodpeth: 3 } }] }],
    })
    expect(resolved.ok ? '' : problemSentence(resolved.problems[0]!)).toBe(
      'tasks[0].do[0].fio: "iodpeth" is not a field here; did you mean "iodepth"?',
    )
  })
})

describe('fio’s units', () => {
  it.each([
    ['4k', 1024, 4096],
    ['4K', 1024, 4096],
    ['4kb', 1024, 4096],
    ['4ki', 1024, 4000],
    ['4kib', 1000, 4096],
    ['4k', 1000, 4000],
    ['1.5m', 1024, 1_572_864],
    ['2g', 1024, 2 ** 31],
    ['512', 1024, 512],
    ['10%', 1024, 100],
    ['101%', 1024, undefined],
    ['i', 1024, undefined],
    ['-1k', 1024, undefined],
    ['9999999p', 1024, undefined],
  ] as const)('%s with kb_base %i is %s bytes', (text, kbBase, bytes) => {
    expect(readSize(text, kbBase, 1000)).toBe(bytes)
  })

  it.each([
    ['5', 's', 5e9],
    ['5', 'us', 5e3],
    ['20ms', 's', 20e6],
    ['1m', 'us', 60e9],
    ['x', 's', undefined],
  ] as const)('%s in %s is %s ns', (text, unit, ns) => {
    expect(readTime(text, unit)).toBe(ns)
  })
})
