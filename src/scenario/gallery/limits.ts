/** Who splits a large write, and against whose limit. */
import { DISK, type GalleryScenario } from './entry.ts'

const limited = (kib: number) =>
  ({ driver: 'scsi_debug', completion: DISK, queue: { max_sectors_kb: kib } }) as const

const MIB = 1_048_576

export const splitByPath: GalleryScenario = {
  scenario: 'split-1m',
  about: 'one 1 MiB write, both paths take 64 KiB at once',
  devices: [limited(64), limited(64)],
  tasks: [{ do: [{ io: 'batch', op: 'W', length: MIB }, { io: 'wait' }] }],
  story: {
    title: 'One megabyte, 64 KiB at a time',
    summary:
      'Request mode splits on the multipath device, and every piece gets a path. Bio mode chooses once; the path splits, and all pieces stay on it.',
  },
}

export const unequalLimits: GalleryScenario = {
  scenario: 'unequal-limits',
  about: 'two 1 MiB writes; one path takes 64 KiB at once, the other 256 KiB',
  devices: [limited(64), limited(256)],
  tasks: [
    {
      do: [
        { io: 'batch', op: 'W', length: MIB },
        { io: 'wait' },
        { io: 'batch', op: 'W', offset: MIB, length: MIB },
        { io: 'wait' },
      ],
    },
  ],
  story: {
    title: 'Two paths, two limits',
    summary:
      'The multipath device inherits the smaller limit, so request mode cuts everything to 64 KiB. In bio mode each path cuts by its own.',
  },
}
