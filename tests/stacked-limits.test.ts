/** The limits that a dm device gets from its paths, against what the real kernel showed for every recorded scenario. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { QueueLimits } from '../src/engine/block/limits.ts'
import { MqQueue } from '../src/engine/block/blk-mq.ts'
import { engineParts } from './support/engine-parts.ts'

type Shown = Readonly<Record<string, number | string>>

const folder = new URL('./kernel-traces/scenarios/', import.meta.url)
const scenarios = readdirSync(folder).map((name) => ({
  name,
  file: JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as {
    readonly modes: readonly ('bio' | 'rq')[]
    readonly dm: { readonly queue?: Readonly<Partial<Record<'bio' | 'rq', Shown>>> }
  },
}))

/** As sysfs shows limits. */
function sysfs(limits: QueueLimits): Shown {
  return {
    max_sectors_kb: Math.floor(limits.maxSectors / 2),
    max_hw_sectors_kb: Math.floor(limits.maxHwSectors / 2),
    max_segments: limits.maxSegments,
    max_segment_size: limits.maxSegmentSize,
    logical_block_size: limits.logicalBlockSize,
    physical_block_size: limits.physicalBlockSize,
    minimum_io_size: limits.ioMinBytes,
    optimal_io_size: limits.ioOptBytes,
    chunk_sectors: limits.chunkSectors,
    virt_boundary_mask: limits.virtBoundaryMask,
    dma_alignment: limits.dmaAlignment,
    write_cache: limits.writeCache ? 'write back' : 'write through',
    fua: limits.fua ? 1 : 0,
    discard_max_bytes: limits.maxDiscardSectors * 512,
    discard_max_hw_bytes: limits.maxHwDiscardSectors * 512,
    discard_granularity: limits.discardGranularityBytes,
    max_discard_segments: limits.maxDiscardSegments,
    write_zeroes_max_bytes: limits.maxWriteZeroesSectors * 512,
    rotational: limits.rotational ? 1 : 0,
  }
}

const cases = scenarios.flatMap(({ name, file }) =>
  file.modes.flatMap((mode) => {
    const shown = file.dm.queue?.[mode]
    return shown ? [{ name, mode, file, shown }] : []
  }),
)

it('has scenarios of both modes to look at', () => {
  expect(new Set(cases.map(({ mode }) => mode))).toEqual(new Set(['bio', 'rq']))
  expect(cases.length).toBeGreaterThan(100)
})

describe('the dm device stacks the limits that the kernel showed', () => {
  it.each(cases)('$name, $mode', ({ file, mode, shown }) => {
    const { queue } = engineParts(file, mode).stack.md
    const ours = sysfs(queue.limits)
    const judged = Object.keys(shown).filter((name) => Object.hasOwn(ours, name))
    expect(judged.length).toBeGreaterThan(15)
    for (const name of judged) expect([name, ours[name]]).toEqual([name, shown[name]])
    if (!(queue instanceof MqQueue)) return
    // a scenario that chooses another scheduler does so in its setup, after this
    if (shown['scheduler'] !== queue.scheduler) return
    expect(queue.nrRequests).toBe(shown['nr_requests'])
  })
})
