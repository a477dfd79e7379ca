/**
 * What carries commands to a SCSI device and notices when that is gone: the door to FC (transport-fc.ts), iSCSI
 * (transport-iscsi.ts) and SAS (transport-sas.ts).
 */
import { assertNever } from '../../lib/assert-never.ts'
import { DeviceState } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { TransportSpec } from '../scenario.ts'
import type { ScsiResult } from './scsi-result.ts'
import { IscsiSession } from './transport-iscsi.ts'
import { FcRport } from './transport-fc.ts'
import { SasEndDevice } from './transport-sas.ts'

/** The device at the end, as its transport sees it. */
export interface TransportDevice {
  /** scsi_target_block: SDEV_BLOCK, queue quiesced. */
  block(): void
  /** scsi_target_unblock: the queue runs, into a device of this state. */
  unblock(state: DeviceState): void
  /** The adapter gives back what it has out. */
  returnAll(result: ScsiResult): void
  /** Nothing goes to and fro until `on` is false again; nothing is lost. */
  stall(on: boolean): void
  /** scsi_remove_target */
  remove(): void
  /** The target is scanned: a device that was removed is found anew. */
  rediscover(): void
}

/** Timers that sysfs shows of a transport; the last two are of NVMe over fabrics. */
export type TransportAttribute =
  'fast_io_fail_tmo' | 'dev_loss_tmo' | 'recovery_tmo' | 'ctrl_loss_tmo' | 'reconnect_delay'

/** What a SCSI device may be at the end of. */
export type ScsiTransportSpec = Exclude<TransportSpec, { readonly kind: 'nvme-tcp' }>

export interface Transport {
  /** A write to sysfs: '', an error text, or undefined when it has no such timer. */
  write(attribute: TransportAttribute, value: string): string | undefined
  /** What `cat` shows of it; undefined when it has no such timer. */
  read(attribute: TransportAttribute): string | undefined
  linkDown(): void
  linkUp(): void
  /** chkready in queuecommand: what the adapter answers by itself, undefined when it sends the command. */
  ready(): ScsiResult | undefined
  /** One of its timers runs. */
  readonly timerRuns: boolean
  /** The device was removed by somebody else. */
  removed(): void
}

export function isForScsi(spec: TransportSpec | undefined): spec is ScsiTransportSpec {
  return spec !== undefined && spec.kind !== 'nvme-tcp'
}

export function createTransport(
  m: Machine,
  index: number,
  spec: ScsiTransportSpec,
  device: TransportDevice,
): Transport {
  switch (spec.kind) {
    case 'fc':
      return new FcRport(m, index, spec, device)
    case 'iscsi':
      return new IscsiSession(m, index, spec, device)
    case 'sas':
      return new SasEndDevice(device)
    default:
      return assertNever(spec)
  }
}
