import { describe, expect, it } from 'vitest'
import { GALLERY } from './gallery/index.ts'
import { resolveScenario } from './resolve.ts'
import { GALLERY_ENTRIES, openedFrom, resolveSource } from './source.ts'

describe('a source', () => {
  it.each(GALLERY)('finds the built-in scenario $scenario', (file) => {
    const resolved = resolveSource({ kind: 'gallery', name: file.scenario })
    expect(resolved).toEqual(resolveScenario(file))
  })

  it('may be the text of a file', () => {
    const [file] = GALLERY
    const resolved = resolveSource({ kind: 'custom', text: JSON.stringify(file) })
    expect(resolved).toEqual(resolveScenario(file))
  })

  it('may name a scenario that there is not, and gets a suggestion', () => {
    const opened = openedFrom(resolveSource({ kind: 'gallery', name: 'busy-path' }))
    expect(opened.ok).toBe(false)
    expect(opened).toMatchObject({ notice: expect.stringMatching(/"busy-path".*"busy-paths"/) as unknown })
  })

  it('is told to a page without the scenario itself, in words that cross a wire', () => {
    const opened = openedFrom(resolveSource({ kind: 'gallery', name: 'busy-paths' }))
    expect(structuredClone(opened)).toEqual(opened)
    expect(opened).toMatchObject({ ok: true, outline: { scenario: 'busy-paths', modes: ['bio', 'rq'] } })
    expect(JSON.stringify(opened)).not.toContain('"tasks":')
  })

  it('with an error in its text is told with the line', () => {
    const opened = openedFrom(resolveSource({ kind: 'custom', text: '{\n "devices": 7\n}' }))
    expect(opened).toMatchObject({
      ok: false,
      notice: expect.stringMatching(/^scenario, line 2: /) as unknown,
    })
  })
})

describe('the entries of the menu', () => {
  it('name every built-in scenario in order', () => {
    expect(GALLERY_ENTRIES.map(({ name }) => name)).toEqual(GALLERY.map(({ scenario }) => scenario))
    expect(GALLERY_ENTRIES.every(({ about }) => about !== '')).toBe(true)
  })
})
