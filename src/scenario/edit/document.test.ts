import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listAt, valueAt, withInserted, withMoved, withValue } from './document.ts'
import { printScenario } from './print.ts'

const name = fc.constantFrom('a', 'b', 'c', 'queue')
const path = fc.array(fc.oneof(name, fc.nat(3)), { minLength: 1, maxLength: 4 })

describe('a change by path', () => {
  it('puts a value there and leaves the document before as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue(), path, fc.jsonValue(), (document, at, value) => {
        const before = JSON.stringify(document)
        const changed = withValue(document, at, value)
        expect(valueAt(changed, at)).toEqual(value)
        expect(JSON.stringify(document)).toBe(before)
      }),
    )
  })

  it('takes a field out, and what it leaves empty', () => {
    const document = { devices: [{ driver: 'nvme', queue: { max_sectors_kb: 64 } }] }
    expect(withValue(document, ['devices', 0, 'queue', 'max_sectors_kb'], undefined)).toEqual({
      devices: [{ driver: 'nvme' }],
    })
    expect(withValue(document, ['devices', 0], undefined)).toEqual({ devices: [] })
    expect(withValue({ a: 1 }, ['b'], undefined)).toEqual({ a: 1 })
  })

  it('inserts and moves within a list, and never beyond it', () => {
    const document = { do: [1, 2, 3] }
    expect(withInserted(document, ['do'], 1, 9)).toEqual({ do: [1, 9, 2, 3] })
    expect(withInserted({}, ['do'], 0, 9)).toEqual({ do: [9] })
    expect(withMoved(document, ['do'], 0, 2)).toEqual({ do: [2, 3, 1] })
    expect(withMoved(document, ['do'], 0, 3)).toBe(document)
    expect(listAt({ do: 'x' }, ['do'])).toEqual([])
  })
})

it('a document is printed without loss', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (document) => {
      const text = printScenario(document)
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(document)))
      expect(printScenario(JSON.parse(text))).toBe(text)
    }),
  )
})

it('what fits stands on one line', () => {
  const text = printScenario({ devices: [{ driver: 'nvme' }, { driver: 'nvme' }], seed: 1, dm: {} })
  expect(text).toBe(
    '{\n  "devices": [{ "driver": "nvme" }, { "driver": "nvme" }],\n  "seed": 1,\n  "dm": {}\n}\n',
  )
})
