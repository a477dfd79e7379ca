/**
 * Where on a LUN a sector of a device of the stack lies, by the tables that are live: what a verifier needs to hold the
 * media itself against what was written through every layer.
 *
 * It asks through the first path; paths that lead to other sectors than the first are a mistake of whoever set them up,
 * and reading back finds it.
 */
import { Partition } from '../block/partition.ts'
import type { BlockDevice } from '../block/block-device.ts'
import { LinearTarget } from '../dm/linear.ts'
import { MappedDevice } from '../dm/mapped-device.ts'
import { Disk } from '../drivers/disk.ts'
import type { Spot } from '../drivers/media.ts'
import { NvmeHead } from '../drivers/nvme-head.ts'

/** Undefined where nothing leads on: a head whose paths are all gone. */
export function spotOf(device: BlockDevice | undefined, sector: number): Spot | undefined {
  if (device instanceof Disk) return { lun: device.lun, sector, sectors: device.sizeSectors - sector }
  if (device instanceof NvmeHead) return spotOf(device.paths[0], sector)
  if (device instanceof Partition)
    return within(device.sizeSectors - sector, spotOf(device.disk, sector + device.startSector))
  if (!(device instanceof MappedDevice)) return undefined
  const target = device.targetAt(sector)
  if (!(target instanceof LinearTarget)) return spotOf(target.devices[0], sector)
  const behind = target.startSector + target.sizeSectors - sector
  return within(behind, spotOf(target.devices[0], target.mapSector(sector)))
}

function within(sectors: number, spot: Spot | undefined): Spot | undefined {
  return spot && { ...spot, sectors: Math.min(sectors, spot.sectors) }
}
