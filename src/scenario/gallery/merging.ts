/** What merges where: the order of "choose path" and "merge" decides. */
import { DISK, type GalleryScenario } from './entry.ts'

/** Sixteen tags, so that each of them can be seen on the stage. */
const path = { driver: 'scsi_debug', queue_depth: 16, host_tags: 16, completion: DISK } as const

export const sequentialWrites: GalleryScenario = {
  scenario: 'sequential-writes',
  about: '16 sequential 4 KiB writes in one io_submit, round-robin over two paths',
  devices: [path, path],
  tasks: [{ do: [{ io: 'batch', op: 'W', length: 4096, count: 16 }, { io: 'wait' }] }],
  story: {
    title: 'Sixteen writes, two paths',
    summary:
      'Request mode merges first and sends one 64 KiB request down one path. Bio mode chooses a path for every bio first; round-robin pulls neighbours apart, and nothing is left to merge.',
    stops: [
      { at: { event: 'bio_queue', nth: 1 }, title: 'The first bio arrives' },
      { at: { event: 'choose_path', nth: 1, mode: 'bio' }, title: 'Bio mode has already chosen a path' },
      { at: { event: 'backmerge', nth: 1, mode: 'rq' }, title: 'Request mode merges before it chooses' },
      { at: { event: 'unplug', nth: 1 }, title: 'The plug opens' },
      { at: { event: 'rq_remap', nth: 1, mode: 'rq' }, title: 'One choice for sixteen bios' },
      { at: { event: 'io_end', nth: 16 }, title: 'All sixteen are done' },
    ],
  },
}

export const onePath: GalleryScenario = {
  scenario: 'one-path',
  about: '16 sequential 4 KiB writes in one io_submit, a single path',
  devices: [path],
  tasks: [{ do: [{ io: 'batch', op: 'W', length: 4096, count: 16 }, { io: 'wait' }] }],
  story: {
    title: 'One path: the control',
    summary:
      'With a single path nothing is pulled apart, so bio mode merges too, below the multipath device: one request in both lanes.',
  },
}

export const descendingWrites: GalleryScenario = {
  scenario: 'descending-writes',
  about: '16 writes of 4 KiB from high to low in one io_submit, round-robin over two paths',
  devices: [path, path],
  tasks: [{ do: [{ io: 'batch', op: 'W', length: 4096, count: 16, descending: true }, { io: 'wait' }] }],
  story: {
    title: 'Backwards: front merges',
    summary:
      'Each write ends where the one before began. Request mode puts it in front of the request; bio mode cannot.',
  },
}

export const interleavedPairs: GalleryScenario = {
  scenario: 'interleaved-streams',
  about:
    'two sequential streams of 4 KiB writes, taken in turns, in one io_submit, round-robin over two paths',
  devices: [path, path],
  tasks: [
    {
      do: [
        {
          io: 'list',
          items: [
            { op: 'W', offset: 0, length: 4096 },
            { op: 'W', offset: 32_768, length: 4096 },
            { op: 'W', offset: 4096, length: 4096 },
            { op: 'W', offset: 36_864, length: 4096 },
            { op: 'W', offset: 8192, length: 4096 },
            { op: 'W', offset: 40_960, length: 4096 },
            { op: 'W', offset: 12_288, length: 4096 },
            { op: 'W', offset: 45_056, length: 4096 },
          ],
        },
        { io: 'wait' },
      ],
    },
  ],
  story: {
    title: 'Two streams, taken in turns',
    summary:
      'Round-robin happens to send each stream down one path, so for once bio mode merges as well as request mode does.',
  },
}
