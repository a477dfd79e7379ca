import { describe, expect, it } from 'vitest'
import { csvText } from './csv.ts'

describe('comma-separated values', () => {
  it('quote what would break a row and leave nothing for nothing', () => {
    expect(
      csvText(
        ['a', 'b'],
        [
          ['x,"y"', 1.5],
          ['two\nlines', NaN],
          [undefined, -0],
        ],
      ),
    ).toBe('a,b\r\n"x,""y""",1.5\r\n"two\nlines",\r\n,0\r\n')
  })
})
