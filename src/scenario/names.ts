/** How the kernel names disks and numbers them: sda 8:0, sdb 8:16, ... sdq 65:0; nullb0 252:0, nullb1 252:1; nvme0n1 259:0, nvme1n1 259:1. */
import { sdName } from '../engine/index.ts'
import type { Driver } from './presets.ts'

const NULL_BLK_MAJOR = 252
/** BLOCK_EXT_MAJOR: minors in the order of discovery. */
const NVME_MAJOR = 259

export interface DiskName {
  readonly name: string
  readonly dev: string
}

export function diskName(driver: Driver, index: number): DiskName {
  if (driver === 'null_blk') return { name: `nullb${index}`, dev: `${NULL_BLK_MAJOR}:${index}` }
  if (driver === 'nvme') return { name: `nvme${index}n1`, dev: `${NVME_MAJOR}:${index}` }
  return sdName(index)
}

/** The driver that a name like sdb or nullb3 belongs to. */
export function driverOfName(name: string): Driver | undefined {
  if (/^sd[a-z]+$/.test(name)) return 'scsi_debug'
  if (/^nvme\d+n1$/.test(name)) return 'nvme'
  return /^nullb\d+$/.test(name) ? 'null_blk' : undefined
}
