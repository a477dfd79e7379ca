import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBase64Url, toBase64Url } from './base64url.ts'

describe('base64url', () => {
  it('brings any text back and needs no escaping', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const coded = toBase64Url(text)
        expect(coded).toMatch(/^[\w-]*$/)
        expect(fromBase64Url(coded)).toBe(text)
      }),
    )
  })

  it('refuses what is none, without a throw', () => {
    expect(fromBase64Url('*')).toBeUndefined()
    expect(fromBase64Url('A')).toBeUndefined()
    expect(fromBase64Url(btoa('\xff'))).toBeUndefined()
  })
})
