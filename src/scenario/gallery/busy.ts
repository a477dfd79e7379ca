/** Paths that take one command at a time: where do I/Os wait, and can they still merge there? */
import { DISK, type GalleryScenario } from './entry.ts'

const oneAtATime = { driver: 'scsi_debug', completion: DISK, queue_depth: 1 } as const

const sixteenSubmissions = [{ io: 'each', op: 'W', length: 4096, count: 16 }, { io: 'wait' }] as const

export const busyPaths: GalleryScenario = {
  scenario: 'busy-paths',
  about: '16 sequential 4 KiB writes, one io_submit each, two paths of depth 1, mq-deadline on the dm device',
  devices: [oneAtATime, oneAtATime],
  tasks: [{ do: sixteenSubmissions }],
  story: {
    title: 'Busy paths: waiting pays',
    summary:
      'What the paths refuse waits on the multipath device in request mode, in its scheduler, where later writes merge into it. In bio mode each bio waits on the path it got.',
  },
}

export const busyPathsNone: GalleryScenario = {
  scenario: 'busy-paths-none',
  about:
    '16 sequential 4 KiB writes, one io_submit each, two paths of depth 1, scheduler none on the dm device',
  devices: [oneAtATime, oneAtATime],
  setup: [{ sysfs: '/sys/block/dm-0/queue/scheduler', value: 'none' }],
  tasks: [{ do: sixteenSubmissions }],
  story: {
    title: 'Busy paths, no scheduler',
    summary:
      'Without a scheduler on the multipath device nothing that waits can merge: sixteen requests in both lanes.',
  },
}
