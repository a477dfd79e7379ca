import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fitOf } from './fit.ts'
import { rect } from './rect.ts'

it('never writes a longer sentence larger, nor one larger in less room', () => {
  fc.assert(
    fc.property(
      fc.nat(200),
      fc.nat(60),
      fc.integer({ min: 120, max: 900 }),
      fc.nat(200),
      (letters, more, w, wider) => {
        const fit = (n: number, width: number): number => fitOf('x'.repeat(n), rect(0, 0, width, 40), 1, 1)
        expect(fit(letters + more, w)).toBeLessThanOrEqual(fit(letters, w))
        expect(fit(letters, w + wider)).toBeGreaterThanOrEqual(fit(letters, w))
      },
    ),
  )
})

it('is the same at every size of the page', () => {
  const text =
    'No usable path: 4 requests wait in requeue_list until a path is reinstated; asked again in 50 ms.'
  expect(fitOf(text, rect(0, 0, 1230, 120), 3, 1)).toBeCloseTo(fitOf(text, rect(0, 0, 410, 40), 1, 1))
})
