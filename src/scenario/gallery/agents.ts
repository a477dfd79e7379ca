/** What happens outside the kernel: cables, arrays, and the daemon that watches paths and brings them back. */
import { DISK, type GalleryScenario } from './entry.ts'

const fc = {
  driver: 'scsi_debug',
  queue_depth: 16,
  host_tags: 16,
  completion: DISK,
  transport: { kind: 'fc', fast_io_fail_tmo_s: 5, dev_loss_tmo_s: 30 },
} as const
const pull = (
  device: string,
  up: boolean,
): { readonly link: { readonly device: string; readonly up: boolean } } => ({
  link: { device, up },
})

export const cablePulled: GalleryScenario = {
  scenario: 'cable-pulled',
  about: 'reads while the cable of path 1 comes out: fast_io_fail_tmo 5 s, dev_loss_tmo 30 s',
  devices: [fc, fc],
  shell_step_ns: 0,
  tasks: [
    {
      name: 'main',
      cpu: 0,
      do: [
        { io: 'batch', op: 'R', length: 4096, count: 4, stride: 65_536 },
        pull('sda', false),
        { io: 'each', op: 'R', offset: 1_048_576, length: 4096, count: 4, stride: 65_536 },
        { io: 'wait' },
        { sleep_ns: 30_000_000_000 },
        { io: 'sync', op: 'R', offset: 4_194_304, length: 4096 },
      ],
    },
  ],
  story: {
    title: 'A cable is pulled',
    summary:
      'Nothing fails when the link goes: the transport blocks the device and what was out is queued again, in front of a stopped queue. Only fast_io_fail_tmo later does it all fail and go to the other path; dev_loss_tmo later the device is gone.',
    stops: [
      {
        at: { event: 'device_state', nth: 1, device: 'sda' },
        title: 'The link is down: blocked, not failed',
      },
      { at: { event: 'fail_path', nth: 1 }, title: 'Five seconds on: the path fails over' },
      { at: { event: 'device_state', nth: 3, device: 'sda' }, title: 'dev_loss_tmo: the device is removed' },
    ],
  },
}

export const multipathdFailback: GalleryScenario = {
  scenario: 'multipathd-failback',
  about:
    'both cables come out; multipathd queues for 4 checks, reinstates what comes back, and returns to group 1',
  devices: [fc, fc],
  dm: {
    table: '0 294912 multipath 2 queue_mode {mode} 0 2 1 round-robin 0 1 1 8:0 1 round-robin 0 1 1 8:16 1',
  },
  shell_step_ns: 0,
  multipathd: { polling_interval: 2, no_path_retry: 4, failback: 'immediate', dev_loss_tmo: 60 },
  tasks: [
    {
      name: 'main',
      cpu: 0,
      do: [
        { io: 'sync', op: 'R', offset: 0, length: 4096 },
        { sleep_ns: 1_500_000_000 },
        pull('sda', false),
        pull('sdb', false),
        { start: 'reader' },
        { sleep_ns: 9_000_000_000 },
        pull('sdb', true),
        { sleep_ns: 6_000_000_000 },
        pull('sda', true),
        { join: 'reader' },
        { sleep_ns: 6_000_000_000 },
        { io: 'batch', op: 'R', offset: 8_388_608, length: 4096, count: 4, stride: 65_536 },
        { io: 'wait' },
      ],
    },
    {
      name: 'reader',
      cpu: 1,
      do: [
        { io: 'batch', op: 'R', offset: 1_048_576, length: 4096, count: 4, stride: 65_536 },
        { io: 'wait' },
      ],
    },
  ],
  story: {
    title: 'multipathd brings a path back',
    summary:
      'The kernel fails paths and never makes one good again. multipathd asks each path now and then, sends reinstate_path when one answers, ends queueing when no_path_retry runs out, and goes back to the first group when its path is there.',
    stops: [
      { at: { event: 'fail_path', nth: 2 }, title: 'The last path is gone: I/O waits' },
      { at: { event: 'reinstate_path', nth: 1 }, title: 'The checker has had an answer' },
      { at: { event: 'reinstate_path', nth: 2 }, title: 'The better path is back, too' },
    ],
  },
}
