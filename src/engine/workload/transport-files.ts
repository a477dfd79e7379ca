/**
 * Timers of transports in sysfs: /sys/class/fc_remote_ports/rport-H:0-0/ and /sys/class/iscsi_session/sessionN/. Every
 * device of a scenario has a host of its own, so H is its place in the scenario from 0, and N from 1. A `*` is a shell's.
 */
import type { TransportAttribute } from '../drivers/transport.ts'

const FILES =
  /^\/sys\/class\/(?:(?<fc>fc_remote_ports)\/rport-(?<host>\d+|\*)(?::0-0)?\/(?<fcFile>fast_io_fail_tmo|dev_loss_tmo)|iscsi_session\/session(?<session>\d+|\*)\/(?<iscsiFile>recovery_tmo))$/

export interface TransportFile {
  readonly kind: 'fc' | 'iscsi'
  readonly attribute: TransportAttribute
  /** True for the device at this place of the scenario. */
  readonly isFor: (place: number) => boolean
}

/** What a path under /sys/class means; undefined when it is no timer of a transport. */
export function transportFile(path: string): TransportFile | undefined {
  const groups = FILES.exec(path)?.groups
  if (groups === undefined) return undefined
  const { fc, host, session, fcFile, iscsiFile } = groups
  const number = fc === undefined ? session : host
  const first = fc === undefined ? 1 : 0
  return {
    kind: fc === undefined ? 'iscsi' : 'fc',
    attribute: (fcFile ?? iscsiFile) as TransportAttribute,
    isFor: (place) => number === '*' || Number(number) === place + first,
  }
}
