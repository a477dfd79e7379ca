/**
 * Timers of transports in sysfs: /sys/class/fc_remote_ports/rport-H:0-0/, /sys/class/iscsi_session/sessionN/ and
 * /sys/class/nvme/nvmeN/. Every device of a scenario has a host of its own, so H is its place in the scenario from 0, and
 * the N of a session from 1; that of a controller is in its name. A `*` is a shell's.
 */
import type { TransportAttribute } from '../drivers/transport.ts'
import type { TransportSpec } from '../scenario.ts'

const FOLDERS = [
  ['fc', /^\/sys\/class\/fc_remote_ports\/rport-(\d+|\*)(?::0-0)?\/(fast_io_fail_tmo|dev_loss_tmo)$/],
  ['iscsi', /^\/sys\/class\/iscsi_session\/session(\d+|\*)\/(recovery_tmo)$/],
  ['nvme-tcp', /^\/sys\/class\/nvme\/nvme(\d+|\*)\/(ctrl_loss_tmo|reconnect_delay|fast_io_fail_tmo)$/],
] as const

type Kind = (typeof FOLDERS)[number][0]

export interface TransportFile {
  readonly kind: Exclude<TransportSpec['kind'], 'sas'>
  readonly attribute: TransportAttribute
  /** What turns the timer off, where seconds are not all that may be written; the files of NVMe take numbers alone. */
  readonly never: string | undefined
  /** True for the device of this name at this place of the scenario. */
  readonly isFor: (place: number, name: string) => boolean
}

const NEVER: ReadonlyMap<string, string> = new Map([
  ['fc fast_io_fail_tmo', 'off'],
  ['fc dev_loss_tmo', 'infinity'],
  ['nvme-tcp ctrl_loss_tmo', '-1'],
  ['nvme-tcp fast_io_fail_tmo', '-1'],
])

/** What a path under /sys/class means; undefined when it is no timer of a transport. */
export function transportFile(path: string): TransportFile | undefined {
  for (const [kind, pattern] of FOLDERS) {
    const [, number, attribute] = pattern.exec(path) ?? []
    if (number === undefined) continue
    return {
      kind,
      attribute: attribute as TransportAttribute,
      never: NEVER.get(`${kind} ${attribute!}`),
      isFor: (place, name) => number === '*' || number === numberOf(kind, place, name),
    }
  }
  return undefined
}

function numberOf(kind: Kind, place: number, name: string): string | undefined {
  switch (kind) {
    case 'fc':
      return String(place)
    case 'iscsi':
      return String(place + 1)
    case 'nvme-tcp':
      return /^nvme(\d+)n/.exec(name)?.[1]
  }
}

/** What files of transports are called, for whoever named one that is not there. */
export const TRANSPORT_NUMBERS = "rport-0:0-0 and session1 are the first device's, nvme0 is that of nvme0n1"
