/** Path selectors, and what they weigh. */
import type { GalleryScenario } from './entry.ts'

const SECTORS = 2_097_152
const path = (microseconds: number) =>
  ({ driver: 'null_blk', completion: { kind: 'timer', ns: microseconds * 1000 } }) as const

export const slowPath: GalleryScenario = {
  scenario: 'slow-path',
  about: 'queue-length over a path of 100 µs and one of 800 µs, 48 random 4 KiB reads at depth 8',
  devices: [path(100), path(800)],
  dm: { table: `0 ${SECTORS} multipath 2 queue_mode {mode} 0 1 1 queue-length 0 2 1 252:0 1 252:1 1` },
  tasks: [{ do: [{ io: 'loop', op: 'R', length: 4096, count: 48, depth: 8 }] }],
  story: {
    title: 'A slow path and its queue',
    summary:
      'queue-length sends each read where fewer wait, so the slow path gets few without anyone knowing why it is slow.',
  },
}

export const mixedSizes: GalleryScenario = {
  scenario: 'mixed-sizes',
  about: 'service-time over two equal paths, eight reads of 4 KiB and 128 KiB in one io_submit',
  devices: [path(100), path(100)],
  dm: { table: `0 ${SECTORS} multipath 2 queue_mode {mode} 0 1 1 service-time 0 2 2 252:0 1 1 252:1 1 1` },
  tasks: [
    {
      do: [
        {
          io: 'list',
          items: [
            { op: 'R', length: 131_072 },
            { op: 'R', offset: 1_048_576, length: 4096 },
            { op: 'R', offset: 2_097_152, length: 4096 },
            { op: 'R', offset: 3_145_728, length: 131_072 },
            { op: 'R', offset: 4_194_304, length: 4096 },
            { op: 'R', offset: 5_242_880, length: 4096 },
            { op: 'R', offset: 6_291_456, length: 131_072 },
            { op: 'R', offset: 7_340_032, length: 4096 },
          ],
        },
        { io: 'wait' },
      ],
    },
  ],
  story: {
    title: 'Bytes in flight decide',
    summary: 'service-time counts bytes, not I/Os: one large read weighs as much as thirty-two small ones.',
  },
}
