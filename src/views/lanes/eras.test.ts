import { expect, it } from 'vitest'
import { KERNEL_NAMES } from '../../scenario/edit/index.ts'
import { ERAS } from './eras.ts'

it('every kernel that the engine knows has its line, in the same order', () => {
  expect(ERAS.map(([kernel]) => kernel)).toEqual(KERNEL_NAMES)
  for (const [, about] of ERAS) expect(about.length).toBeGreaterThan(10)
})
