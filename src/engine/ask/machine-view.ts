/** What the answers are made of: the devices of a run as they are at this moment, whatever the stack is. */
import type { RequestQueue } from '../block/request-queue.ts'
import type { MappedDevice } from '../dm/mapped-device.ts'
import type { Multipath } from '../dm/mpath/multipath.ts'
import type { PathDevice } from '../drivers/path-device.ts'

export interface NodeView {
  readonly index: number
  /** `sda`, `dm-0` */
  readonly name: string
  /** `8:0` */
  readonly dev: string
  /** As lsblk calls it; `disk` for whatever has a driver. */
  readonly type: 'disk' | 'mpath' | 'lvm' | 'part'
  /** What lsblk calls it: the name of a map, else the device's. */
  readonly shown: string
  readonly sizeSectors: number
  readonly queue: RequestQueue
  readonly readAheadKb: number
  /** Indices of the devices that it stands on. */
  readonly below: readonly number[]
  /** Of a disk with a driver. */
  readonly disk: PathDevice | undefined
}

export interface MapView {
  readonly name: string
  readonly node: NodeView
  readonly md: MappedDevice
  /** Undefined for a map of another target. */
  readonly target: Multipath | undefined
  /** Lines of `dmsetup status` and `dmsetup table`, without the trailing blank of the kernel. */
  readonly status: string
  readonly table: string
}

export interface MachineView {
  /** In the order of their indices. */
  readonly nodes: readonly NodeView[]
  readonly maps: readonly MapView[]
}
