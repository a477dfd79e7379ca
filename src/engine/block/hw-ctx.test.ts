import { expect, it } from 'vitest'
import { engineParts, pathsUnder } from '../../../tests/support/engine-parts.ts'

it('dispatch_busy is an average of refusals in integers (test vector 9)', () => {
  const hctx = engineParts(pathsUnder('round-robin', 1), 'rq').stack.md.queue.hctxs[0]!
  const after = (busy: boolean, times: number): number[] =>
    Array.from({ length: times }, () => {
      hctx.updateDispatchBusy(busy)
      return hctx.dispatchBusy
    })
  expect(after(true, 3)).toEqual([2, 3, 4])
  expect(after(false, 4)).toEqual([3, 2, 1, 0])
})
