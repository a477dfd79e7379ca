/**
 * What the model leaves out, in plain sentences; the help shows them all, and whatever a simplification touches leads to
 * it. `files` are those of the engine whose head says so: tests/simplifications.test.ts holds the two against each other.
 */
export type SimplificationKey =
  | 'cpu-costs'
  | 'disks'
  | 'transports'
  | 'error-handler'
  | 'multipathd'
  | 'alua'
  | 'native'
  | 'memory'
  | 'interrupts'
  | 'cache'
  | 'schedulers'
  | 'merging'
  | 'limits'
  | 'cpu'
  | 'retry-worker'
  | 'legacy'
  | 'dm-core'
  | 'selectors'
  | 'shell'
  | 'fio'
  | 'rescan'
  | 'tools'
  | 'story-pace'

export interface Simplification {
  readonly key: SimplificationKey
  readonly text: string
  /** Under src/engine. */
  readonly files: readonly string[]
}

export const SIMPLIFIED: readonly Simplification[] = [
  {
    key: 'cpu-costs',
    text: 'CPU costs are parameters, not measurements of your machine: sums measured on 6.12.95, their division over the steps assumed; order and counts do not depend on them.',
    files: [],
  },
  {
    key: 'disks',
    text: 'A disk does one command at a time in order of arrival; the cache of an array is a ratio of hits, and destaging costs nothing; a command takes effect as a whole, and one that was given up keeps its place in the device.',
    files: [
      'drivers/array-back-end.ts',
      'drivers/command-watch.ts',
      'drivers/media.ts',
      'drivers/null-blk.ts',
      'drivers/scsi-debug.ts',
      'drivers/scsi-disk.ts',
      'drivers/scsi-queue-full.ts',
      'drivers/scsi-result.ts',
      'drivers/service-array.ts',
      'drivers/service-disk.ts',
      'drivers/service-nvme.ts',
      'drivers/service.ts',
    ],
  },
  {
    key: 'transports',
    text: 'A lost link gives its commands back at once; FC and iSCSI have one device per port or session; a SAS device whose cable is out is removed at once.',
    files: ['drivers/transport-fc.ts', 'drivers/transport-iscsi.ts', 'drivers/transport-sas.ts'],
  },
  {
    key: 'error-handler',
    text: 'The SCSI error handler stops one disk, not a whole host; its resets take 10 s each while the device is silent and cure nothing.',
    files: ['drivers/scsi-error-handler.ts'],
  },
  {
    key: 'multipathd',
    text: 'multipathd asks paths without taking room in their queues and reads priorities in no time; a deleted disk stays in the map as a failed path until it is found again.',
    files: ['multipathd/checker.ts', 'multipathd/multipathd.ts'],
  },
  {
    key: 'alua',
    text: "Each path is a port group of its own for ALUA; the handler's commands take their time and are not in the log; rdac, emc and hp_sw are reduced to a LUN that one controller owns.",
    files: [
      'drivers/alua.ts',
      'drivers/device-handler.ts',
      'drivers/handler-ownership.ts',
      'drivers/target-port.ts',
    ],
  },
  {
    key: 'native',
    text: 'Native NVMe multipath has one NUMA node, and one namespace per controller; over fabrics an attempt to connect again succeeds or fails at once, and the keep-alive that is missed is the next in turn; the head goes with its last path; a retry is immediate, a reset takes no time, reading the ANA log 100 µs.',
    files: ['drivers/nvme-head.ts', 'drivers/nvme.ts', 'drivers/transport-fabrics.ts'],
  },
  {
    key: 'memory',
    text: 'Memory is never short: every clone and every request is allocated at once.',
    files: [],
  },
  {
    key: 'interrupts',
    text: 'Interrupts and softirqs come at the moment they are due, on the CPU of the submitter; a real kernel may be late, or complete elsewhere.',
    files: ['block/complete.ts'],
  },
  {
    key: 'cache',
    text: 'The page cache is reduced to readahead and fsync: no background writeback, no memory pressure, no file system.',
    files: ['workload/page-cache.ts', 'dm/suspend.ts'],
  },
  {
    key: 'schedulers',
    text: 'kyber, bfq and the old cfq are reduced to merging and a plain order; mq-deadline has one class of I/O priority. cgroups and writeback throttling are not modelled.',
    files: [
      'block/kyber.ts',
      'block/legacy/cfq.ts',
      'block/mq-deadline.ts',
      'block/blk-mq-submit.ts',
      'block/submit.ts',
    ],
  },
  {
    key: 'merging',
    text: 'All I/O has one priority and one cgroup, without integrity data, encryption or write hints: those never forbid a merge here.',
    files: ['block/merge.ts'],
  },
  {
    key: 'limits',
    text: 'Limits of integrity data, zones, copies and atomic writes are left out; a waiter for a tag is woken by each tag, not by batches of them.',
    files: ['block/limits.ts', 'block/tags.ts'],
  },
  {
    key: 'cpu',
    text: 'A CPU serves interrupts, then kblockd, then everything else, first come first served; there are no time slices, and items of a workqueue never wait for each other. How long a spinlock will be held is settled when it is taken.',
    files: ['sim/cpu.ts', 'sim/mutex.ts', 'sim/spinlock.ts', 'sim/workqueue.ts'],
  },
  {
    key: 'retry-worker',
    text: 'The retry worker of a device without paths asks without a pause; here it asks once and then when something changes.',
    files: ['dm/mpath/queued-bios.ts'],
  },
  {
    key: 'legacy',
    text: 'Queues before blk-mq have 128 requests per direction without batching or congestion; kblockd runs them, and 3.6 makes the clone when its path is known.',
    files: [
      'block/legacy/legacy-queue.ts',
      'block/legacy/queue-plug.ts',
      'dm/dm-rq-legacy.ts',
      'dm/dm-rq.ts',
    ],
  },
  {
    key: 'dm-core',
    text: 'Targets of device-mapper are multipath and linear; of errors of several parts of a bio the one that comes last counts in every version.',
    files: ['dm/dm-bio.ts', 'dm/dm-table.ts'],
  },
  {
    key: 'selectors',
    text: 'Round-robin of 4.8 counts per CPU and reads the sum approximately; here the count is one and exact.',
    files: ['dm/selectors/round-robin.ts'],
  },
  {
    key: 'shell',
    text: 'Steps of a shell in a scenario take as long as on the traced machine, 40 ms and more, unless the scenario says otherwise.',
    files: [],
  },
  {
    key: 'fio',
    text: 'fio draws its offsets from a generator of ours; data is marked, not stored, so every verify method is the same comparison of marks.',
    files: ['workload/fio/thread.ts', 'workload/fio/units.ts', 'workload/fio/verifier.ts'],
  },
  {
    key: 'rescan',
    text: 'A disk that a rescan finds is there at once: the reading of its partition table is not shown, and its row on the stage is that of no device.',
    files: [],
  },
  {
    key: 'tools',
    text: 'In the answers of tools every disk is LUN 0 of target 0 of its own host, and a bio-based device counts whole bios.',
    files: ['ask/disk-stats.ts', 'ask/multipath.ts'],
  },
  {
    key: 'story-pace',
    text: 'The story pace stretches what matters and shrinks silences; the time shown is always the simulated time.',
    files: [],
  },
]

/** The sentences alone. */
export const SIMPLIFICATIONS: readonly string[] = SIMPLIFIED.map(({ text }) => text)

export function simplification(key: SimplificationKey): Simplification {
  return SIMPLIFIED.find((one) => one.key === key)!
}
