/** Devices that a path of multipath can lead through: a disk with a request queue, or in bio mode any block device. */
import type { BlockDevice } from '../block/block-device.ts'
import type { Bio } from '../block/bio.ts'
import type { IoQueue } from '../block/io-queue.ts'
import type { AccessState, DeviceState, ScsiDh } from '../log/index.ts'
import type { DriverName, InjectedError } from '../scenario.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import type { ActivationOrder } from './activations.ts'
import type { TransportAttribute } from './transport.ts'

/** How a question of a path checker ended. */
export type PathAnswer = 'good' | 'standby' | 'transitioning' | 'not ready' | 'no connection'

/** A block device as hardware handlers know it (scsi_dh); only a SCSI disk, or a partition of one, has a handler. */
export interface HandledDevice extends BlockDevice {
  /** Name of the hardware handler that is attached (scsi_dh), if any. */
  readonly hwHandler: string | undefined
  /** scsi_dh_attach, for a table that names a handler. */
  attachHandler(name: string): void
  /** scsi_dh_activate: has the hardware handler activate the path; takes the time of its commands. */
  activate(ctx: Context): Steps<ScsiDh>
}

/** A whole disk. */
export interface PathDevice extends HandledDevice {
  readonly driver: DriverName
  /** The LUN that it shows; undefined for the one that all paths lead to. */
  readonly lun: string | undefined
  readonly queue: IoQueue
  readonly state: DeviceState
  /** Commands the device takes at once. */
  readonly queueDepth: number
  submitBio(ctx: Context, bio: Bio): Steps
  /** sysfs `queue/read_ahead_kb` */
  readonly readAheadKb: number
  /** A write to a file under /sys/block/NAME/device; undefined when there is no such file, else an error text or ''. */
  writeDeviceAttribute(ctx: Context, attribute: string, value: string): Steps<string | undefined>
  /** Coming activations end with a result that the scenario wants. */
  orderActivation(order: ActivationOrder): void
  /** The array moves the port behind this path to another state. */
  setAccessState(state: AccessState): void
  /** Takes an error to be injected into coming commands. */
  inject(error: InjectedError): void
  /** The device gives no more answers, or answers again; `heedsAborts` while it does not. */
  setHung(hung: boolean, heedsAborts: boolean): void
  /** The cable is pulled, or plugged in. */
  setLink(up: boolean): void
  /** Everything the device does takes this many times as long. */
  setPace(factor: number): void
  /** TEST UNIT READY by SG_IO. `answered` hears how it ended; a device that is silent may never answer. */
  testUnitReady(answered: (answer: PathAnswer) => void): void
  /** What the port says of itself (REPORT TARGET PORT GROUPS); undefined for what is no SCSI disk. */
  readonly accessState: AccessState | undefined
  /** A write to the timers of its transport in sysfs: '', an error text, or undefined when there is no such file. */
  writeTransport(attribute: TransportAttribute, value: string): string | undefined
  /** What `cat` shows of such a timer; undefined when there is no such file. */
  readTransport(attribute: TransportAttribute): string | undefined
  /** A scan would find it. */
  readonly reachable: boolean
  /** A timer runs that will change what I/O waits for, however long it takes. */
  readonly timerRuns: boolean
}
