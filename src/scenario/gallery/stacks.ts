/** More than a map over disks: volumes, partitions, and what stands in the place of the map. */
import type { FileStep } from '../form.ts'
import { DISK, type GalleryScenario } from './entry.ts'

const path = { driver: 'scsi_debug', completion: DISK } as const
/** Two ways to one flash drive; equal, so that only the stack over them differs. */
const controller = {
  driver: 'nvme',
  completion: { kind: 'timer', ns: 80_000 },
  queue: { max_sectors_kb: 128 },
} as const

export const lvmOnMultipath: GalleryScenario = {
  scenario: 'lvm-on-multipath',
  about:
    'a logical volume of two segments on a map; eight writes, of which one crosses from segment to segment',
  devices: [path, path],
  dm: { name: 'mpatha' },
  stack: [{ name: 'vg-lv', table: ['0 112 linear 253:0 2048', '112 144 linear 253:0 65536'] }],
  tasks: [{ do: [{ io: 'batch', op: 'W', length: 16_384, count: 8 }, { io: 'wait' }] }],
  story: {
    title: 'A logical volume on the map',
    summary:
      'The volume is a bio-based device over the map, whichever mode the map has. Every bio is cloned once for the volume; one that crosses the end of a segment is cut there.',
    stops: [
      { at: { event: 'bio_clone', nth: 1 }, title: 'The volume clones the first bio' },
      {
        at: { event: 'bio_clone', nth: 5, device: 'dm-1' },
        title: 'A segment ended inside a bio: its second clone',
      },
    ],
  },
}

export const partition: GalleryScenario = {
  scenario: 'partition',
  about: 'a partition as kpartx makes it: one linear line over the map; four writes from its first sector on',
  modes: ['bio', 'rq', 'single'],
  devices: [path, path],
  dm: { name: 'mpatha' },
  stack: [{ name: 'mpatha1', table: '0 131072 linear 253:0 2048' }],
  tasks: [{ do: [{ io: 'batch', op: 'W', length: 4096, count: 4 }, { io: 'wait' }] }],
  story: {
    title: 'A partition of a map',
    summary:
      'The kernel reads no partition table of a device-mapper device; kpartx lays a linear device over it, which adds 2048 to every sector and clones every bio once more.',
    stops: [{ at: { event: 'bio_remap', nth: 1 }, title: 'Sector 0 becomes sector 2048' }],
  },
}

/** Both controllers take turns, under a map as under a head. */
const roundRobin = {
  dm: {
    name: 'mpatha',
    table: '0 2097152 multipath 3 queue_if_no_path queue_mode {mode} 0 1 1 round-robin 0 2 1 259:0 1 259:1 1',
  },
  setup: [{ sysfs: '/sys/class/nvme-subsystem/nvme-subsys0/iopolicy', value: 'round-robin' }],
} as const

export const nvmeNative: GalleryScenario = {
  scenario: 'nvme-native',
  about:
    '16 writes of 4 KiB in one plug to one namespace behind two controllers; the sixth command of one of them fails',
  modes: ['bio', 'rq', 'native'],
  devices: [controller, controller],
  ...roundRobin,
  tasks: [
    {
      do: [
        { io: 'batch', op: 'W', length: 4096, count: 16 },
        { io: 'wait' },
        { inject: { device: 'nvme1n1', command: 'WRITE', status: 'HOST_PATH_ERROR' } },
        { io: 'batch', op: 'W', offset: 65_536, length: 4096, count: 16 },
        { io: 'wait' },
      ],
    },
  ],
  story: {
    title: 'Native NVMe multipath',
    summary:
      'The head of the namespace sends each bio to a controller as it is: nothing is cloned, and merging happens below, as in bio mode. When a command fails for its path, its bios are taken back and sent again.',
    stops: [
      { at: { event: 'bio_remap', nth: 1 }, title: 'The first path is chosen' },
      { at: { event: 'inject', nth: 1 }, title: 'A command meets a path error' },
      { at: { event: 'head_requeue', nth: 1, mode: 'native' }, title: 'Its bio is taken back to the head' },
    ],
  },
}

/** The same over a network: a missed keep-alive shows after 1.5 s, attempts to connect follow every 2 s. */
const remote = {
  ...controller,
  transport: { kind: 'nvme-tcp', keep_alive_tmo_s: 1, reconnect_delay_s: 2, ctrl_loss_tmo_s: 60 },
} as const
const writes = (offset: number): FileStep => ({ io: 'batch', op: 'W', offset, length: 4096, count: 8 })

export const nvmeConnection: GalleryScenario = {
  scenario: 'nvme-connection-lost',
  about:
    'writes to one namespace behind two controllers over TCP; the cable of the first is out for 3 seconds, more writes follow',
  modes: ['bio', 'rq', 'native'],
  devices: [remote, remote],
  ...roundRobin,
  tasks: [
    {
      do: [
        { link: { device: 'nvme0n1', up: false } },
        writes(0),
        { io: 'wait' },
        { sleep_ns: 1_500_000_000 },
        { link: { device: 'nvme0n1', up: true } },
        { sleep_ns: 2_500_000_000 },
        writes(32_768),
        { io: 'wait' },
      ],
    },
  ],
  story: {
    title: 'An NVMe connection is lost',
    summary:
      'Nobody notices a cable until a keep-alive is missed. Then dm-multipath fails the path at once, and it stays failed until somebody reinstates it; the head of native multipath sends the bios by the other controller and uses the first again when it has reconnected.',
    stops: [
      { at: { event: 'command', nth: 1 }, title: 'The cable comes out' },
      { at: { event: 'device_state', nth: 1 }, title: 'A keep-alive was missed' },
      { at: { event: 'device_state', nth: 2 }, title: 'The controller is connected again' },
    ],
  },
}

export const singleDevice: GalleryScenario = {
  scenario: 'single-device',
  about: '16 sequential 4 KiB writes in one plug: a map with two paths beside its first path alone',
  modes: ['bio', 'rq', 'single'],
  devices: [path, path],
  tasks: [{ do: [{ io: 'batch', op: 'W', length: 4096, count: 16 }, { io: 'wait' }] }],
  story: {
    title: 'What multipath costs',
    summary:
      'The disk alone merges the stream into one command without a clone. Request mode merges as well and clones what it sends; bio mode clones first and merges what is left on each path.',
    stops: [
      { at: { event: 'bio_queue', nth: 1 }, title: 'The first bio' },
      { at: { event: 'rq_issue', nth: 1 }, title: 'The first command' },
    ],
  },
}
