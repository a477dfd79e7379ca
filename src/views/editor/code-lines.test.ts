import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lineCount, lineStart, offsetOf, placeMark, seenLines } from './code-lines.ts'

describe('lines of a text', () => {
  it('are counted and found as a split does', () => {
    const text = fc.array(fc.constantFrom('a', '\n', 'bc', '"')).map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, (typed) => {
        const lines = typed.split('\n')
        expect(lineCount(typed)).toBe(lines.length)
        lines.forEach((line, index) => {
          const start = lineStart(typed, index + 1)
          expect(typed.slice(start, start + line.length)).toBe(line)
          expect(offsetOf(typed, index + 1, 99)).toBe(start + line.length)
        })
        expect(lineStart(typed, lines.length + 5)).toBe(typed.length)
      }),
    )
  })

  it('carry a mark under the word at a column', () => {
    const text = '{\n\t"driver": "floppy"\n}'
    const at = (line: number, column: number) => placeMark(text, { line, column, text: '' })
    expect(at(2, 2)).toMatchObject({ line: 2, from: 2, width: 8 })
    expect(at(2, 12)).toMatchObject({ from: 12, width: 8 })
    expect(at(3, 2)).toMatchObject({ from: 1, width: 1 })
  })

  it('are drawn only where they are seen', () => {
    expect(seenLines(0, 400, 20, 10)).toEqual([1, 10])
    expect(seenLines(20_000, 400, 20, 100_000)).toEqual([980, 1040])
  })
})
