/** The kernel's own traces, read into columns and written again: what comes out is what the kernel printed. */
import { describe, expect, it } from 'vitest'
import type { RunResult } from '../../src/engine/log/index.ts'
import { createWriter, type Format } from '../../src/export/index.ts'
import { asChunks, withoutFlags, type Imported } from './as-chunks.ts'
import { expectationOf, PAIRS, traceOf } from './data.ts'
import { readTrace } from './trace.ts'

const result: RunResult = {
  ...{ endNs: 1_500_000, events: 0, statusAlong: [], ok: 15, failed: 1, stuck: 0 },
  status: '0 294912 multipath 2 0 0 0 1 1 A 0 2 0 8:0 A 0 8:16 A 0',
  table: '0 294912 multipath 0 0 1 1 round-robin 0 2 1 8:0 1 8:16 1',
  failedIos: [{ op: 'R', offsetBytes: 1_048_576, lengthBytes: 4096, status: 7 }],
}

function written({ sources, chunks }: Imported, format: Format): string {
  const writer = createWriter(format, sources)
  return writer.head() + chunks.map((chunk) => writer.chunk(chunk)).join('') + writer.tail(result)
}

const lines = (text: string): string[] =>
  text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))

// In the others requests come back under the same position, so identity is a guess; a3.rq has clones that are refused for
// their size, which the kernel does before it accounts them and the log cannot tell.
const plain = PAIRS.filter(({ group, id }) => 'abcd'.includes(group) && id !== 'a3-write1m-limit-after.rq')

describe('ftrace text', () => {
  it.each(plain)('of $id is line for line the kernel’s', (pair) => {
    const imported = asChunks(traceOf(pair), expectationOf(pair))
    // Some were recorded without the accounting events.
    const accounted = imported.lines.some((line) => line.includes('block_io_start'))
    const ours = lines(written(imported, 'ftrace')).filter(
      (line) => accounted || !line.includes(': block_io_'),
    )
    expect(ours.map(withoutFlags)).toEqual(imported.lines)
  })

  it.each(PAIRS)('of $id reads back as the same events', (pair) => {
    const expected = expectationOf(pair)
    const text = written(asChunks(traceOf(pair), expected), 'ftrace')
    const known = readTrace(traceOf(pair)).events.filter(
      ({ dev, rwbs, size }) =>
        expected.devices.includes(dev) && !(rwbs.startsWith('N') && size === '0' && dev !== expected.dm),
    )
    expect(readTrace(text).events).toEqual(known)
    expect(readTrace(text).state).toEqual({
      status: result.status,
      table: result.table,
      ok: 15,
      failed: 1,
      failedIos: ['R 1048576 4096 -61'],
    })
  })

  it('of 6.1 has no priorities and no block_io lines', () => {
    const pair = PAIRS.find(({ id }) => id === 'b01-seq16-rr2.rq')!
    const imported = asChunks(traceOf(pair), expectationOf(pair))
    const header = { ...imported.sources.header, kernel: '6.1' }
    const text = written({ ...imported, sources: { ...imported.sources, header } }, 'ftrace')
    const older = imported.lines
      .filter((line) => !line.includes('block_io_'))
      .map((line) => line.replace(/ (?:be|none),\d,\d /, ' '))
    expect(lines(text).map(withoutFlags)).toEqual(older)
  })
})

describe('blkparse text', () => {
  const LINE =
    /^ *(?<major>\d+),(?<minor>\d+) +(?<cpu>\d+) +(?<sequence>\d+) +\d+\.\d{9} +\d+ +(?<action>[A-Z]+) +\S+ (?:(?<sector>\d+)(?: [+/] (?<size>\d+))? .*|\[.*)$/

  it.each(plain)('of $id has a line for every event that blktrace records', (pair) => {
    const imported = asChunks(traceOf(pair), expectationOf(pair))
    const found = lines(written(imported, 'blkparse')).map(
      (line) => LINE.exec(line)?.groups ?? { action: line },
    )
    // A plug in ftrace names no device, so it has none here either.
    const events = readTrace(traceOf(pair)).events.filter(
      ({ name, dev }) =>
        imported.sources.header.devices.some((device) => `${device.major}:${device.minor}` === dev) &&
        name !== 'block_rq_error',
    )
    expect(found.length).toBe(events.length)
    const letters = found.map(({ action }) => action).join('')
    expect(letters).toMatch(/^[QGMFXAIDRC]+$/)
    const streams = new Map<string, number>()
    for (const { major, minor, cpu, sequence } of found as Record<string, string>[]) {
      const stream = `${major}:${minor} ${cpu}`
      expect(Number(sequence)).toBe((streams.get(stream) ?? 0) + 1)
      streams.set(stream, Number(sequence))
    }
  })

  it('looks as blkparse prints it', () => {
    const pair = PAIRS.find(({ id }) => id === 'a2-write1m-limit-before.bio')!
    const text = written(asChunks(traceOf(pair), expectationOf(pair)), 'blkparse')
    const shapes = lines(text).map((line) => line.replace(/ +\d+\.\d{9} +\d+ /, ' T P '))
    expect(shapes.slice(0, 5)).toEqual([
      '253,0    0        1 T P  Q  WS 2048 + 2048 [iopat]',
      '  8,0    0        1 T P  A  WS 2048 + 2048 <- (253,0) 2048',
      '  8,0    0        2 T P  Q  WS 2048 + 2048 [iopat]',
      '  8,0    0        3 T P  X  WS 2048 / 2176 [iopat]',
      '  8,0    0        4 T P  G  WS 2048 + 128 [iopat]',
    ])
  })
})

describe('JSON lines', () => {
  it('hold the header, every event and the result', () => {
    const pair = PAIRS.find(({ id }) => id === 'e05-err-medium.rq')!
    const imported = asChunks(traceOf(pair), expectationOf(pair))
    const objects = lines(written(imported, 'jsonl')).map(
      (line) => JSON.parse(line) as Record<string, unknown>,
    )
    expect(objects[0]).toEqual({ header: imported.sources.header })
    expect(objects[objects.length - 1]).toEqual({ result })
    const events = objects.slice(1, -1)
    expect(events.length).toBe(imported.chunks.reduce((sum, chunk) => sum + chunk.count, 0))
    expect(events.filter((event) => event['kind'] === 'rq_error')[0]).toMatchObject({
      status: 'BLK_STS_MEDIUM',
    })
    expect(events.find((event) => event['kind'] === 'rq_remap')).toMatchObject({ from_dev: '253,0', bios: 1 })
  })
})

describe('the summary', () => {
  it.each(plain)('of $id counts what the trace counts', (pair) => {
    const expected = expectationOf(pair)
    const text = written(asChunks(traceOf(pair), expected), 'summary')
    const [headings = [], ...rows] = text
      .split('\n')
      .filter((line) => /^(?:device|dm-0|disk-)/.test(line))
      .map((line) => line.split(/ {2,}/))
    const names: Readonly<Record<string, string>> = {
      ...{
        bios: 'bio_queue',
        splits: 'split',
        getrq: 'getrq',
        back: 'bio_backmerge',
        front: 'bio_frontmerge',
      },
      ...{
        rqmerge: 'rq_merge',
        inserts: 'rq_insert',
        issued: 'rq_issue',
        requeues: 'rq_requeue',
        errors: 'rq_error',
      },
    }
    const events = readTrace(traceOf(pair)).events
    expect(rows.length).toBe(expected.devices.length)
    for (const row of rows) {
      const dev = row[0] === 'dm-0' ? expected.dm : (row[0] ?? '').replace('disk-', '')
      for (const [heading, name] of Object.entries(names)) {
        const count = events.filter((event) => event.name === `block_${name}` && event.dev === dev).length
        expect(Number(row[headings.indexOf(heading)]), `${heading} of ${dev}`).toBe(count)
      }
    }
    expect(text).toContain('application: 15 ok, 1 failed')
  })
})
