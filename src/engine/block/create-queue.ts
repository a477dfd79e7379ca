/** The queue of a disk: blk-mq or the single queue of request_fn, as its driver had it in the kernel of the run. */
import type { Machine } from '../machine.ts'
import { MqQueue, type MqQueueSpec } from './blk-mq.ts'
import type { BlockDevice } from './block-device.ts'
import type { IoQueue } from './io-queue.ts'
import { driverRequestFn } from './legacy/driver-request-fn.ts'
import { LegacyQueue } from './legacy/legacy-queue.ts'

/** `midlayer`: SCSI came to blk-mq later than drivers of their own. */
export function createDiskQueue(
  m: Machine,
  device: BlockDevice,
  midlayer: 'scsi' | 'none',
  spec: MqQueueSpec,
): IoQueue {
  const { scsiQueues, plainQueue } = m.profile
  const kind = midlayer === 'scsi' ? scsiQueues[0] : plainQueue
  if (kind !== 'legacy') return new MqQueue(m, device, spec)
  const { limits, ops, tagDepth, scheduler } = spec
  return new LegacyQueue(m, device, { limits, ops, tagDepth, scheduler, requestFn: driverRequestFn })
}
