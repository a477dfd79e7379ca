import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { engineParts, pathsUnder } from '../../../tests/support/engine-parts.ts'
import { Op, packRwbs, SplitLimit } from '../log/index.ts'
import { Bio } from './bio.ts'
import { type Buffer, CONTIGUOUS, pageOffset, piecesOf, vectorRest } from './buffer.ts'
import type { BlockDevice } from './block-device.ts'
import { type QueueLimits, stackingLimits } from './limits.ts'
import { splitToLimits } from './split.ts'

const device: BlockDevice = engineParts(pathsUnder('round-robin', 1), 'bio').stack.md

const OPEN: QueueLimits = { ...stackingLimits(), maxDiscardSectors: 1 << 20, maxWriteZeroesSectors: 1 << 20 }
const limits = (own: Partial<QueueLimits>): QueueLimits => ({ ...OPEN, ...own })

function bioOf(
  sector: number,
  sizeSectors: number,
  buffer: Buffer = CONTIGUOUS,
  bufferAt = 0,
  op: Op = Op.WRITE,
): Bio {
  return new Bio(
    1,
    0,
    device,
    packRwbs(op),
    { sector, sizeSectors, buffer, bufferAt },
    { bioEndIo: () => undefined },
  )
}

/** Sizes of the pieces a bio ends up in. */
function pieces(bio: Bio, own: QueueLimits): number[] {
  const sizes: number[] = []
  for (let cut = splitToLimits(bio, own); cut !== undefined; cut = splitToLimits(bio, own)) {
    sizes.push(cut.sectors)
    bio.advance(cut.sectors)
  }
  return [...sizes, bio.sizeSectors]
}

describe('test vectors of the kernel model', () => {
  it('1: by size, the first end on a physical block', () => {
    expect(pieces(bioOf(3, 6000), limits({ maxSectors: 2560, physicalBlockSize: 4096 }))).toEqual([
      2557, 2560, 883,
    ])
  })

  it('2: by segments', () => {
    const own = limits({ maxSectors: 2560, maxSegments: 128 })
    expect(splitToLimits(bioOf(0, 2048), own)).toEqual({ sectors: 1024, limit: SplitLimit.max_segments })
    expect(pieces(bioOf(0, 2048), own)).toEqual([1024, 1024])
  })

  it('3: by chunks', () => {
    const own = limits({ chunkSectors: 256 })
    expect(splitToLimits(bioOf(200, 400), own)).toEqual({ sectors: 56, limit: SplitLimit.chunk_sectors })
    expect(pieces(bioOf(200, 400), own)).toEqual([56, 256, 88])
  })

  it('4: by the virt_boundary, where a vector does not end or begin on it, and nowhere else', () => {
    const own = limits({ virtBoundaryMask: 4095 })
    // a vector that starts inside a page and ends with it, then a whole one: no gap
    expect(pieces(bioOf(0, 15, CONTIGUOUS, 512), own)).toEqual([15])
    // whole pages apart from each other: every vector begins and ends on the boundary
    expect(pieces(bioOf(0, 32, piecesOf(4096)), own)).toEqual([32])
    // half pages apart from each other: each piece ends off the boundary
    expect(pieces(bioOf(0, 16, piecesOf(2048)), own)).toEqual([4, 4, 4, 4])
    expect(splitToLimits(bioOf(0, 16, piecesOf(2048)), own)?.limit).toBe(SplitLimit.virt_boundary)
  })
})

it('a bio of one vector within a page is not looked at, unless there are chunks', () => {
  const tiny = { maxSectors: 2, logicalBlockSize: 512 }
  expect(splitToLimits(bioOf(0, 8), limits(tiny))).toBeUndefined()
  expect(splitToLimits(bioOf(0, 8), limits({ ...tiny, chunkSectors: 2 }))?.sectors).toBe(2)
})

it('discards end on their granularity, write zeroes at their limit; 0 switches the operation off elsewhere', () => {
  const discard = bioOf(3, 100, CONTIGUOUS, 0, Op.DISCARD)
  const own = limits({ maxDiscardSectors: 40, discardGranularityBytes: 4096, maxWriteZeroesSectors: 30 })
  expect(pieces(discard, own)).toEqual([37, 40, 23])
  expect(pieces(bioOf(3, 100, CONTIGUOUS, 0, Op.WRITE_ZEROES), own)).toEqual([30, 30, 30, 10])
  expect(
    splitToLimits(bioOf(0, 100, CONTIGUOUS, 0, Op.DISCARD), limits({ maxDiscardSectors: 0 })),
  ).toBeUndefined()
})

/** Vectors of the first `sectors` of a bio, walked byte run by byte run. */
function vectors(bio: Bio, sectors: number): { readonly offset: number; readonly length: number }[] {
  const found: { offset: number; length: number }[] = []
  for (let at = 0; at < sectors * 512;) {
    const length = Math.min(vectorRest(bio.buffer, bio.bufferAt + at), sectors * 512 - at)
    found.push({ offset: pageOffset(bio.buffer, bio.bufferAt + at), length })
    at += length
  }
  return found
}

/** The rules themselves, one by one: would this front be legal? */
function legal(bio: Bio, sectors: number, own: QueueLimits): boolean {
  const list = vectors(bio, sectors)
  const segments = list.reduce((sum, { length }) => sum + Math.ceil(length / own.maxSegmentSize), 0)
  const gap = list.some(({ offset }, at) => {
    const before = list[at - 1]
    return before !== undefined && ((offset | (before.offset + before.length)) & own.virtBoundaryMask) !== 0
  })
  const chunk = own.chunkSectors === 0 || (bio.sector % own.chunkSectors) + sectors <= own.chunkSectors
  return sectors <= own.maxSectors && segments <= own.maxSegments && !gap && chunk
}

it('every front is legal and no smaller than it must be', () => {
  const block = fc.constantFrom(512, 4096)
  const drawn = block.chain((logicalBlockSize) => {
    const unit = logicalBlockSize / 512
    const blocks = (least: number, most: number): fc.Arbitrary<number> =>
      fc.integer({ min: least, max: most }).map((n) => n * unit)
    return fc.record({
      own: fc.record({
        logicalBlockSize: fc.constant(logicalBlockSize),
        physicalBlockSize: fc.constantFrom(logicalBlockSize, 4096),
        maxSectors: blocks(Math.ceil(8 / unit), 300),
        maxSegments: fc.integer({ min: 1, max: 40 }),
        maxSegmentSize: fc.constantFrom(4096, 65536),
        chunkSectors: fc.oneof(fc.constant(0), blocks(Math.ceil(8 / unit), 64)),
        virtBoundaryMask: fc.constantFrom(0, 4095),
      }),
      sector: blocks(0, 500),
      size: blocks(1, 400),
      pieceBlocks: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
    })
  })
  fc.assert(
    fc.property(drawn, ({ own, sector, size, pieceBlocks }) => {
      const buffer = pieceBlocks === undefined ? CONTIGUOUS : piecesOf(pieceBlocks * own.logicalBlockSize)
      const bio = bioOf(sector, size, buffer)
      const all = limits(own)
      const unit = own.logicalBlockSize / 512
      let total = 0
      for (let rounds = 0; rounds < 1000; rounds++) {
        const cut = splitToLimits(bio, all)
        if (cut === undefined) break
        expect(cut.sectors).toBeGreaterThan(0)
        expect(cut.sectors).toBeLessThan(bio.sizeSectors)
        expect(cut.sectors % unit).toBe(0)
        expect(legal(bio, cut.sectors, all)).toBe(true)
        // one block more would break a rule, or end off a physical block although one lies behind the start
        const physical = own.physicalBlockSize / 512
        const rounded = (bio.sector + cut.sectors) % physical === 0
        if (!rounded) expect(legal(bio, cut.sectors + unit, all)).toBe(false)
        else expect(legal(bio, cut.sectors + physical, all)).toBe(false)
        total += cut.sectors
        bio.advance(cut.sectors)
      }
      expect(total + bio.sizeSectors).toBe(size)
      const oneVector = vectors(bio, bio.sizeSectors).length === 1 && bio.sizeSectors <= 8
      if (!(oneVector && own.chunkSectors === 0)) expect(legal(bio, bio.sizeSectors, all)).toBe(true)
    }),
    { numRuns: 400, seed: 5 },
  )
})
