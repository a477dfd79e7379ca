/** Writes below /sys: attributes of queues and of SCSI devices. */
import type { IoQueue } from '../block/io-queue.ts'
import { SCHEDULERS, schedulerFor } from '../block/scheduler-names.ts'
import type { PathDevice } from '../drivers/path-device.ts'
import type { MappedDevice } from '../dm/mapped-device.ts'
import { EventKind } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import { QUEUE_ATTRIBUTES } from './queue-attributes.ts'

/** What a path under /sys means. */
export interface SysfsTarget {
  readonly device: PathDevice | MappedDevice
  readonly folder: 'queue' | 'device' | 'dm'
  readonly attribute: string
}

/** A file of a block device; the name may be a shell's pattern. */
export const SYSFS_FILE: RegExp = /^\/sys\/block\/([\w*-]+)\/(queue|device|dm)\/(\w+)$/

/** The one attribute of device-mapper (drivers/md/dm-sysfs.c) that changes anything: how long a request waits for neighbours, us. */
export const MERGE_DEADLINE = 'rq_based_seq_io_merge_deadline'

/** scsi_debug's module parameter: a new service time for every disk of that driver. */
export const SCSI_DEBUG_NDELAY = '/sys/bus/pseudo/drivers/scsi_debug/ndelay'

/** How the head of a namespace chooses paths (drivers/nvme/host/multipath.c:nvme_subsys_iopolicy_store). */
export const IO_POLICY = '/sys/class/nvme-subsystem/nvme-subsys0/iopolicy'

export const NO_FILE = 'No such file or directory'
/** A shell opens with O_CREAT, and in a directory of sysfs nothing can be made. */
const NO_ATTRIBUTE = 'Permission denied'

/** What a shell prints of an `echo` that failed; '' where it did not. */
export function writeError(path: string, error: string): string {
  if (error === '') return ''
  const isOpen = error === NO_FILE || error === NO_ATTRIBUTE
  return isOpen ? `bash: ${path}: ${error}` : `bash: echo: write error: ${error}`
}

/** Returns '' or the error of the write. */
export function* writeSysfs(m: Machine, ctx: Context, target: SysfsTarget, value: string): Steps<string> {
  const { device, folder, attribute } = target
  if (folder === 'device') {
    if (!('writeDeviceAttribute' in device)) return NO_FILE
    return (yield* device.writeDeviceAttribute(ctx, attribute, value)) ?? NO_ATTRIBUTE
  }
  if (folder === 'dm') {
    if (!('setMergeDeadline' in device) || !/^\d{1,6}$/.test(value)) return 'Invalid argument'
    device.setMergeDeadline(Number(value))
    m.log.emit(EventKind.queue_attr, device.index, 0, 0, 0, 0, 0, m.intern(`${attribute}=${value}`))
    return ''
  }
  const error =
    attribute === 'scheduler'
      ? yield* writeScheduler(ctx, device, value)
      : writeQueueAttribute(device, attribute, value)
  if (error === '')
    m.log.emit(EventKind.queue_attr, device.index, 0, 0, 0, 0, 0, m.intern(`${attribute}=${value}`))
  return error
}

/** A bio-based device has no scheduler; the write is refused. */
function* writeScheduler(ctx: Context, device: PathDevice | MappedDevice, value: string): Steps<string> {
  if (device.hasSubmitBio || !SCHEDULERS.includes(value)) return 'Invalid argument'
  const queue = device.queue as IoQueue
  if (queue.scheduler === schedulerFor(queue.m.profile, queue.kind, value)) return ''
  yield* queue.freeze(ctx)
  queue.setScheduler(value)
  queue.unfreeze()
  return ''
}

function writeQueueAttribute(
  { queue, hasSubmitBio }: PathDevice | MappedDevice,
  attribute: string,
  value: string,
): string {
  const number = Number(value)
  if (!/^\d{1,10}$/.test(value)) return 'Invalid argument'
  switch (attribute) {
    case 'max_sectors_kb':
      if (number < 4 || number * 2 > queue.limits.maxHwSectors) return 'Invalid argument'
      queue.limits.maxSectors = number * 2
      return ''
    case 'nomerges':
      if (number > 2) return 'Invalid argument'
      queue.nomerges = number
      return ''
    case 'nr_requests':
      if (hasSubmitBio || number < 4) return 'Invalid argument'
      return (queue as IoQueue).setNrRequests(number) ? '' : 'Invalid argument'
    default:
      return QUEUE_ATTRIBUTES.has(attribute) ? '' : NO_ATTRIBUTE
  }
}
