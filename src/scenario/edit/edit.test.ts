/** What an editor offers is what the schema takes; what it makes of pasted texts runs. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRun } from '../../engine/index.ts'
import { readScenario, resolveScenario } from '../resolve.ts'
import {
  COMPLETION_FIELDS,
  DEVICE_FIELDS,
  draftFrom,
  factsOf,
  FILE_FIELDS,
  galleryText,
  MOST_EDITED,
  OFFERED,
  readTable,
  tableContext,
  TRANSPORT_FIELDS,
  verbOf,
} from './index.ts'

function runsToItsEnd(text: string): void {
  const resolved = readScenario(text)
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems))
  for (const mode of resolved.scenario.modes) {
    const run = createRun({ scenario: resolved.scenario, mode })
    while (run.advance(50_000) === 'running') run.takeChunks()
    expect(run.takeChunks().length).toBeGreaterThan(0)
  }
}

describe('fields read off the schema', () => {
  it('know numbers, choices, groups and lists', () => {
    const shape = (name: string) => DEVICE_FIELDS.find((field) => field.name === name)?.shape
    expect(shape('queue_depth')).toEqual({ kind: 'number', least: 1, most: 65_535, whole: true })
    expect(shape('driver')).toEqual({ kind: 'choice', options: ['scsi_debug', 'null_blk', 'nvme'] })
    expect(shape('medium_error')).toMatchObject({ kind: 'group' })
    expect(DEVICE_FIELDS.every(({ optional }) => optional)).toBe(true)
    expect(FILE_FIELDS.find(({ name }) => name === 'modes')?.shape).toMatchObject({ kind: 'list' })
    expect(FILE_FIELDS.find(({ name }) => name === 'tasks')?.optional).toBe(false)
    expect(COMPLETION_FIELDS['array']?.map(({ name }) => name)).toContain('hit_ratio')
    expect(TRANSPORT_FIELDS['fc']?.map(({ name }) => name)).toEqual(['fast_io_fail_tmo_s', 'dev_loss_tmo_s'])
  })

  it.each(OFFERED)('$name is a step as the form first makes it', ({ name, first, about }) => {
    expect(verbOf(first)?.name).toBe(name)
    expect(about.length).toBeGreaterThan(5)
    const resolved = resolveScenario({
      devices: [{}, {}],
      tasks: [
        {
          do: [
            ...(name === 'join' ? [{ start: 'task1' }] : []),
            name === 'load' ? { load: factsOf({ devices: [{}, {}] }).table } : first,
            ...(name === 'start' ? [{ join: 'task1' }] : []),
          ],
        },
        ...(['start', 'join'].includes(name) ? [{ do: [] }] : []),
      ],
    })
    expect(resolved.ok ? [] : resolved.problems).toEqual([])
  })

  it('find no verb in what is no step', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void verbOf(value)))
    expect(verbOf({ io: 'constructor' })).toBeUndefined()
    expect(verbOf({ constructor: 1 })).toBeUndefined()
  })
})

describe('facts of a draft', () => {
  it('are presets, with what follows from other limits, never from itself', () => {
    const { devices, kernel } = factsOf({
      kernel: '6.12',
      devices: [
        { name: 'sdc', queue: { max_sectors_kb: 64, scheduler: 'mq-deadline' } },
        'nonsense',
        { driver: 'nvme' },
      ],
    })
    expect(kernel.version).toBe('6.12')
    expect(devices.map(({ name, dev, driver }) => [name, dev, driver])).toEqual([
      ['sdc', '8:32', 'scsi_debug'],
      ['sda', '8:0', 'scsi_debug'],
      ['nvme0n1', '259:0', 'nvme'],
    ])
    expect(devices[0]?.presets).toMatchObject({ max_sectors_kb: 1280, scheduler: 'none', nr_requests: 256 })
    expect(devices[2]?.presets).toMatchObject({ max_sectors_kb: 512 })
  })

  it('name volumes and partitions, and a line may stand on them', () => {
    const document = {
      devices: [{}, {}],
      stack: [{ table: '0 112 linear 253:0 2048' }, { partition_of: 'sda' }, 'nonsense'],
    }
    const facts = factsOf(document)
    expect(facts.stack).toMatchObject([
      { name: 'lv0', dev: '253:1' },
      { name: 'sda1', dev: '259:0' },
    ])
    expect(readTable('0 112 linear 253:0 2048', tableContext(facts, true)).fault).toBeUndefined()
    expect(readTable('0 112 linear 253:0 2048', tableContext(facts, false)).fault).toBeDefined()
    expect(readTable('0 112 linear 259:0 2048', tableContext(facts, false)).fault).toBeUndefined()
  })

  it('never throw, whatever the document is', () => {
    fc.assert(fc.property(fc.jsonValue(), (document) => void factsOf(document)))
    const list = fc.array(fc.jsonValue())
    fc.assert(fc.property(list, list, (devices, stack) => void factsOf({ devices, stack })))
  })
})

describe('a draft from pasted text', () => {
  it('of a built-in scenario is that scenario', () => {
    const text = galleryText('split-1m')!
    expect(draftFrom(text)).toEqual({ ok: true, kind: 'scenario', text, assumed: '' })
    runsToItsEnd(text)
    expect(galleryText('no such')).toBeUndefined()
  })

  it.each([
    ['0 2097152 multipath 1 queue_if_no_path 0 1 1 service-time 0 2 2 8:16 1 1 8:32 1 1', 2],
    [
      'mpatha: 0 2097152 multipath 3 queue_if_no_path queue_mode bio 1 alua 2 1 service-time 0 2 2 8:16 1 1 65:0 1 1 service-time 0 1 2 8:48 1 1',
      3,
    ],
    [
      'vg-lv: 0 4096 linear 253:0 2048\nmpathb: 0 2097152 multipath 0 0 1 1 round-robin 0 2 1 259:0 1 259:1 1\n',
      2,
    ],
    ['0 2097152 multipath 0 0 1 1 round-robin 0 1 0 94:8', 1],
  ])('of dmsetup table runs in both modes: %s', (lines, paths) => {
    const draft = draftFrom(lines)
    if (!draft.ok) throw new Error(draft.sentence)
    expect(draft.kind).toBe('dmsetup table')
    expect(draft.assumed).toContain('Assumed: ')
    const file = JSON.parse(draft.text) as { devices: unknown[] }
    expect(file.devices).toHaveLength(paths)
    runsToItsEnd(draft.text)
  })

  it('of a fio job file runs', () => {
    const draft = draftFrom(
      '# a comment\n[global]\nioengine=libaio\ndirect=1\n\n[writer]\nrw=write\nbs=64k\nsize=1m\n',
    )
    if (!draft.ok) throw new Error(draft.sentence)
    expect(draft.kind).toBe('fio job file')
    runsToItsEnd(draft.text)
  })

  it('that is nothing known says what would be', () => {
    expect(draftFrom('hello')).toMatchObject({ ok: false })
    expect(draftFrom('')).toMatchObject({ ok: false })
    const linear = draftFrom('a: 0 4096 linear 8:0 0')
    expect(linear.ok ? '' : linear.sentence).toContain('none is a multipath map (they are linear)')
  })

  it('that is too much is refused in a sentence, at once', () => {
    const found = draftFrom('x'.repeat(MOST_EDITED + 1), 'The file notes.txt')
    expect(found.ok ? '' : found.sentence).toBe(
      'The file notes.txt has 400,001 characters; the editor takes up to 400,000. Nothing was changed.',
    )
  })

  it('never throws and never hangs on garbage', () => {
    const nasty = fc.constantFrom(
      '[',
      ']',
      '\n',
      '#',
      ';',
      ' ',
      '{',
      '"',
      '0 1 multipath ',
      '8:0 ',
      'a=',
      ': ',
      '\t',
    )
    const text = fc.oneof(
      fc.string(),
      fc.array(nasty, { maxLength: 400 }).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(text, (typed) => void draftFrom(typed)),
      { numRuns: 1000 },
    )
    for (const part of ['#', '# \n', '[a', '\n', ' ', '0 1 m', '[[['])
      expect(draftFrom(part.repeat(Math.floor(MOST_EDITED / part.length))).ok).toBeDefined()
  })
})
