/**
 * A partition that the kernel reads from a disk's table: a range of the disk that shares its queue. A bio to it becomes one
 * to the disk as it is submitted (block/blk-core.c:blk_partition_remap, 2.6.28 to 6.19).
 */
import type { HandledDevice, PathDevice } from '../drivers/path-device.ts'
import { EventKind, type ScsiDh } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import type { Bio } from './bio.ts'
import type { IoQueue } from './io-queue.ts'

export interface PartitionPlace {
  readonly index: number
  readonly name: string
  readonly dev: string
  readonly startSector: number
  readonly sizeSectors: number
}

export class Partition implements HandledDevice {
  readonly index: number
  readonly name: string
  readonly dev: string
  readonly sizeSectors: number
  readonly hasSubmitBio = false
  readonly disk: PathDevice
  readonly startSector: number

  constructor(place: PartitionPlace, disk: PathDevice) {
    this.index = place.index
    this.name = place.name
    this.dev = place.dev
    this.startSector = place.startSector
    this.sizeSectors = place.sizeSectors
    this.disk = disk
  }

  get queue(): IoQueue {
    return this.disk.queue
  }

  get alive(): boolean {
    return this.disk.alive
  }

  /** blk_partition_remap: A; there is no Q on the partition. */
  remap(m: Machine, bio: Bio): void {
    bio.device = this.disk
    if (bio.sizeSectors === 0) return
    bio.sector += this.startSector
    m.log.emit(
      EventKind.bio_remap,
      this.disk.index,
      bio.rwbs,
      bio.id,
      bio.parentId,
      bio.sector,
      bio.sizeSectors,
      m.origin({ dev: this.index, shiftSectors: this.startSector, bios: -1 }),
    )
  }

  submitBio(ctx: Context, bio: Bio): Steps {
    return this.disk.submitBio(ctx, bio)
  }

  /** Handlers belong to the disk's queue. */
  get hwHandler(): string | undefined {
    return this.disk.hwHandler
  }

  attachHandler(name: string): void {
    this.disk.attachHandler(name)
  }

  activate(ctx: Context): Steps<ScsiDh> {
    return this.disk.activate(ctx)
  }
}
