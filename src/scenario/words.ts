/** Names of the kernel's own that a scenario may use, so that a misspelt one is told from an unknown one. */
import { ScsiDh } from '../engine/log/index.ts'

export const DRIVERS = ['scsi_debug', 'null_blk', 'nvme'] as const
/** Those of blk-mq and, last, those of older kernels; each kind of queue takes the other's names for its own. */
export const SCHEDULERS = ['none', 'mq-deadline', 'bfq', 'kyber', 'noop', 'deadline', 'cfq'] as const
export const SCSI_STATES = ['running', 'offline', 'blocked', 'transport-offline', 'quiesce'] as const

/** Drivers of kinds of arrays (drivers/scsi/device_handler). */
export const HW_HANDLERS = ['alua', 'rdac', 'emc', 'hp_sw'] as const

/** States of a target port as sysfs spells them (scsi_sysfs.c:sdev_access_states). */
export const ACCESS_STATES = [
  'active/optimized',
  'active/non-optimized',
  'standby',
  'unavailable',
  'lba-dependent',
  'offline',
  'transitioning',
] as const

/** SCSI_DH_* of include/scsi/scsi_dh.h: how an activation may end. */
export const ACTIVATION_RESULTS = Object.keys(ScsiDh) as readonly (keyof typeof ScsiDh)[]

/** NVME_ANA_*, as log/kinds.ts names them. */
export const ANA_STATES = ['optimized', 'non_optimized', 'inaccessible', 'persistent_loss', 'change'] as const

/** Verbs of dmsetup messages for multipath, and whether a device or a group follows. */
export const MESSAGES: Readonly<Record<string, 'nothing' | 'device' | 'group'>> = {
  queue_if_no_path: 'nothing',
  fail_if_no_path: 'nothing',
  fail_path: 'device',
  reinstate_path: 'device',
  switch_group: 'group',
  disable_group: 'group',
  enable_group: 'group',
}

/** Attributes of /sys/block/NAME/queue, 6.1 to 6.12; `max_sectors` is ours, where _kb rounds down. */
export const QUEUE_ATTRIBUTES = [
  'add_random',
  'chunk_sectors',
  'dax',
  'discard_granularity',
  'discard_max_bytes',
  'discard_max_hw_bytes',
  'discard_zeroes_data',
  'dma_alignment',
  'fua',
  'hw_sector_size',
  'io_poll',
  'io_poll_delay',
  'io_timeout',
  'iostats',
  'iostats_passthrough',
  'logical_block_size',
  'max_discard_segments',
  'max_hw_sectors_kb',
  'max_integrity_segments',
  'max_sectors',
  'max_sectors_kb',
  'max_segment_size',
  'max_segments',
  'minimum_io_size',
  'nomerges',
  'nr_requests',
  'nr_zones',
  'optimal_io_size',
  'physical_block_size',
  'read_ahead_kb',
  'rotational',
  'rq_affinity',
  'scheduler',
  'stable_writes',
  'throttle_sample_time',
  'virt_boundary_mask',
  'wbt_lat_usec',
  'write_cache',
  'write_same_max_bytes',
  'write_zeroes_max_bytes',
  'zone_append_max_bytes',
  'zone_write_granularity',
  'zoned',
] as const

/** Attributes of /sys/block/NAME/device that a step may write. */
export const DEVICE_ATTRIBUTES = [
  'state',
  'delete',
  'queue_depth',
  'timeout',
  'eh_timeout',
  'access_state',
] as const

/** Where scsi_debug's timer lives, for all its devices at once. */
export const NDELAY_PATHS = [
  '/sys/bus/pseudo/drivers/scsi_debug/ndelay',
  '/sys/module/scsi_debug/parameters/ndelay',
] as const

/** How native NVMe multipath spreads I/O, and where that is written. */
export const IO_POLICY_PATH = '/sys/class/nvme-subsystem/nvme-subsys0/iopolicy'
export const IO_POLICIES = ['numa', 'round-robin', 'queue-depth'] as const
