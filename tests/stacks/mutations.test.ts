/** Wrong stacks: one mistake each, which the law of the layers must notice, or that nothing waits for ever. */
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { DmBio } from '../../src/engine/dm/dm-bio.ts'
import { LinearTarget } from '../../src/engine/dm/linear.ts'
import { MappedDevice } from '../../src/engine/dm/mapped-device.ts'
import { Partition } from '../../src/engine/block/partition.ts'
import { NvmeHead } from '../../src/engine/drivers/nvme-head.ts'
import { caseOf } from '../laws/case.ts'
import { judge } from '../laws/judge.ts'
import { layersHandOn } from '../laws/laws-of-layers.ts'
import { nobodyWaitsForNothing } from '../laws/laws-of-life.ts'
import { stackedArb } from '../laws/stacked.ts'

const CASES = fc.sample(stackedArb, { numRuns: 120, seed: 5 })
let undo: () => void = () => undefined

afterEach(() => {
  undo()
})

/** Replaces a method until the end of the test. */
function wrong<Owner extends object, Name extends keyof Owner>(
  owner: Owner,
  name: Name,
  make: (right: Owner[Name]) => Owner[Name],
): void {
  const right = owner[name]
  owner[name] = make(right)
  undo = () => {
    owner[name] = right
  }
}

/** True when a run breaks a law, or does not survive. */
function isNoticed(): boolean {
  return CASES.some(({ draft, modes }) => {
    try {
      return modes.some((mode) => judge(caseOf(draft), mode, [layersHandOn, nobodyWaitsForNothing]).size > 0)
    } catch {
      return true
    }
  })
}

describe('a mistake is noticed', () => {
  it('none is made', () => {
    expect(isNoticed()).toBe(false)
  })

  it('a linear device is off by a page', () => {
    wrong(
      LinearTarget.prototype,
      'map',
      (right) =>
        function (this: LinearTarget, tio) {
          const result = right.call(this, tio)
          tio.clone.sector += 8
          return result
        },
    )
    expect(isNoticed()).toBe(true)
  })

  it('a sector belongs to the next segment', () => {
    wrong(
      MappedDevice.prototype,
      'targetAt',
      (right) =>
        function (this: MappedDevice, sector) {
          return right.call(this, sector + 8)
        },
    )
    expect(isNoticed()).toBe(true)
  })

  it('a partition begins at the disk', () => {
    wrong(
      Partition.prototype,
      'remap',
      (right) =>
        function (this: Partition, m, bio) {
          right.call(this, m, bio)
          if (bio.sizeSectors > 0) bio.sector -= 8
        },
    )
    expect(isNoticed()).toBe(true)
  })

  it('a clone ends twice now and then', () => {
    let count = 0
    wrong(
      DmBio.prototype,
      'cloneEnded',
      (right) =>
        function (this: DmBio, tio) {
          right.call(this, tio)
          if (++count % 7 === 0) right.call(this, tio)
        },
    )
    expect(isNoticed()).toBe(true)
  })

  it('a head forgets a bio of a failed request', () => {
    wrong(
      NvmeHead.prototype,
      'failover',
      (right) =>
        function (this: NvmeHead, path, rq) {
          right.call(this, path, rq)
          this.requeueList.pop()
        },
    )
    expect(isNoticed()).toBe(true)
  })

  it('a head is not woken by a controller that comes back', () => {
    wrong(NvmeHead.prototype, 'kickRequeue', () => () => undefined)
    expect(isNoticed()).toBe(true)
  })
})
