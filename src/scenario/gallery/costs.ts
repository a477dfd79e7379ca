/** What multipath costs where devices take no time at all: locks and hand-offs of the years in which that was found out. */
import type { GalleryScenario } from './entry.ts'

const noTime = {
  driver: 'null_blk',
  completion: { kind: 'immediate' },
  queue: { scheduler: 'none' },
  queue_depth: 256,
} as const

export const locks2016: GalleryScenario = {
  scenario: 'locks-2016',
  about:
    '4 KiB random reads of four CPUs at once over two null_blk paths, kernel 4.4 with blk-mq, several sockets',
  kernel: '4.4',
  cpus: 4,
  modes: ['rq', 'single'],
  module_parameters: { 'dm_mod.use_blk_mq': 1 },
  lock_transfer_ns: 870,
  devices: [noTime, noTime],
  tasks: [
    {
      do: [
        {
          fio: {
            rw: 'randread',
            bs: 4096,
            iodepth: 8,
            numjobs: 4,
            offset_increment: 1_048_576,
            size: 65_536,
          },
        },
      ],
    },
  ],
  shell_step_ns: 0,
  story: {
    title: 'Early 2016: locks and hand-offs',
    summary:
      'The device takes no time, so all that is left is the CPU. Every request takes m->lock twice, to ask whether the paths are busy and to choose one, and the clone is handed to a kworker instead of being issued: CPUs spin for each other and threads wait. Published: 470K instead of 1500K I/Os a second; both were gone in 4.7.',
    stops: [
      { at: { event: 'rq_clone', nth: 1, mode: 'rq' }, title: 'A path is chosen under m->lock' },
      { at: { event: 'rq_issue', nth: 8 }, title: 'Everybody at once' },
    ],
  },
}
