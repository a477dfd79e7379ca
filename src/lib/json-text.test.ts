import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readJson, spellPath } from './json-text.ts'

describe('JSON with places', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const read = readJson(text)
        expect(read.ok && read.value).toEqual(JSON.parse(text))
      }),
    )
  })

  it('finds a fault in exactly the texts that are not JSON', () => {
    const damaged = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '}', 'x', '0', '\n', ':'))
      .map(([text, at, put]) => {
        const place = at % (text.length + 1)
        return text.slice(0, place) + put + text.slice(place + 1)
      })
    fc.assert(
      fc.property(damaged, (text) => {
        let fine = true
        try {
          JSON.parse(text)
        } catch {
          fine = false
        }
        const read = readJson(text)
        expect(read.ok).toBe(fine)
        if (!read.ok) expect(read.what).not.toBe('the text is not JSON')
      }),
      { numRuns: 500 },
    )
  })

  it('says where a text stops being JSON', () => {
    expect(readJson('{\n "a": 1,\n "b": tru\n}')).toMatchObject({ ok: false, line: 3, column: 7 })
    expect(readJson('{\n "a": 1\n "b": 2\n}')).toMatchObject({ ok: false, line: 3, column: 2 })
    expect(readJson('[1, 2')).toMatchObject({ line: 1, what: 'a comma or ] is expected, the text ends' })
    expect(readJson('')).toMatchObject({ line: 1, what: 'a value is expected, the text ends' })
  })

  it('knows the line of every value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value, null, 1)
        const read = readJson(text)
        if (!read.ok) throw new Error(read.what)
        const leaves: [path: (string | number)[], leaf: unknown][] = [[[], value]]
        for (const [path, node] of leaves) {
          if (typeof node === 'object' && node !== null && Object.keys(node).length > 0) {
            for (const [key, child] of Object.entries(node))
              leaves.push([[...path, Array.isArray(node) ? Number(key) : key], child])
          } else {
            const line = text.split('\n')[read.placeOf(path).line - 1] ?? ''
            expect(line.replace(/,$/, '').endsWith(JSON.stringify(node))).toBe(true)
            // A member stands where its name does, an item where it begins.
            const { column } = read.placeOf(path)
            expect(line.slice(0, column - 1).trim()).toBe('')
          }
        }
      }),
    )
  })

  it('gives the line of the nearest value that is there', () => {
    const read = readJson('{\n "tasks": [\n  {\n   "do": []\n  }\n ]\n}')
    expect(read.ok && read.placeOf(['tasks', 0, 'do', 3, 'length']).line).toBe(4)
    expect(read.ok && read.placeOf(['nothing']).line).toBe(1)
  })

  it('spells a path the way people write it', () => {
    expect(spellPath(['devices', 1, 'queue', 'a b', 0])).toBe('devices[1].queue["a b"][0]')
    expect(spellPath([])).toBe('')
  })
})
