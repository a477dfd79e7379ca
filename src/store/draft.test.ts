import { describe, expect, it } from 'vitest'
import { memoryStorage } from '../lib/safe-storage.ts'
import { openedFrom, resolveSource, type Opened, type ScenarioSource } from '../scenario/index.ts'
import { Draft, type DraftInput } from './draft.ts'

const GOOD = '{ "devices": [{}, {}], "tasks": [{ "do": [] }] }'

function desk(storage = memoryStorage()) {
  const waiting: (() => void)[] = []
  const asked: { source: ScenarioSource; answer: () => void }[] = []
  const input: DraftInput = {
    check: (source, take: (opened: Opened) => void) =>
      void asked.push({ source, answer: () => take(openedFrom(resolveSource(source))) }),
    storage,
    later: (run) => {
      waiting.push(run)
      return () => void waiting.splice(waiting.indexOf(run), 1)
    },
    nowMs: () => 0,
  }
  const draft = new Draft(input)
  const settle = (): void => {
    for (const run of waiting.splice(0)) run()
    for (const { answer } of asked.splice(0)) answer()
  }
  return { draft, asked, waiting, settle, storage }
}

describe('a draft', () => {
  it('is judged by the worker when typing pauses, and only its last text counts', () => {
    const { draft, asked, waiting, settle } = desk()
    draft.begin(GOOD, 'two paths')
    settle()
    expect(draft.store.getState().verdict.kind).toBe('runs')
    expect(draft.store.getState().defaulted.get('devices[1].name')).toBe('sdb')
    draft.edit('{', 'json')
    draft.edit('{ "', 'json')
    expect(waiting).toHaveLength(1)
    for (const run of waiting.splice(0)) run()
    const [stale] = asked
    draft.edit(GOOD, 'json')
    for (const run of waiting.splice(0)) run()
    asked.pop()?.answer()
    stale?.answer()
    expect(draft.store.getState().verdict.kind).toBe('runs')
  })

  it('says line and column of what is wrong', () => {
    const { draft, settle } = desk()
    draft.begin(GOOD, 'two paths')
    draft.edit('{\n  "devices": [,]\n}')
    settle()
    const { verdict } = draft.store.getState()
    expect(verdict).toMatchObject({ kind: 'refused', problems: [{ line: 2, column: 15 }] })
    draft.edit('{\n  "devices": [{ "driver": "floppy" }], "tasks": []\n}')
    settle()
    expect(draft.store.getState().verdict).toMatchObject({ problems: [{ line: 2, column: 17 }, { line: 2 }] })
  })

  it('comes back after the page was left, with a notice', () => {
    const { draft, storage, settle } = desk()
    draft.begin(GOOD, 'two paths')
    draft.edit(`${GOOD} `)
    settle()
    const after = desk(storage).draft
    after.begin(GOOD, 'two paths')
    expect(after.text).toBe(`${GOOD} `)
    expect(after.store.getState().notice).toEqual({
      sentence: 'Your changes to it are still here; they have not been run.',
      isOther: true,
    })
    after.reset()
    expect(after.text).toBe(GOOD)
    after.undo()
    expect(after.text).toBe(`${GOOD} `)
  })

  it('that was not changed, or was run, gives way to another scenario', () => {
    const { draft, storage } = desk()
    draft.begin(GOOD, 'two paths')
    draft.begin('{}', 'another')
    expect(draft.text).toBe('{}')
    draft.edit('{ "seed": 2 }')
    draft.wasRun('mine')
    draft.begin(GOOD, 'two paths')
    expect(draft.text).toBe(GOOD)
    draft.undo()
    expect(draft.text).toBe('{ "seed": 2 }')
    expect(desk(storage).draft.text).toBe('')
  })

  it('stays when another scenario is opened meanwhile', () => {
    const { draft } = desk()
    draft.begin(GOOD, 'two paths')
    draft.edit('mine')
    draft.begin('{}', 'another')
    expect(draft.text).toBe('mine')
    expect(draft.store.getState().notice?.sentence).toContain('“two paths”')
    draft.reset()
    expect(draft.text).toBe('{}')
  })

  it('that came from a file before the editor was open is kept', () => {
    const { draft } = desk()
    draft.replace('{ "seed": 3 }', 'From a file.')
    draft.begin(GOOD, 'two paths')
    expect(draft.text).toBe('{ "seed": 3 }')
    expect(draft.store.getState().notice?.sentence).toBe('From a file.')
  })

  it.each(['', 'nonsense', '[]', '{"text":5}', 'null'])('does not trip over %j in storage', (kept) => {
    const { draft } = desk({ read: () => kept, write: () => undefined })
    draft.begin(GOOD, 'two paths')
    expect(draft.text).toBe(GOOD)
  })
})
