/**
 * The ALUA hardware handler as far as I/O sees it (drivers/scsi/device_handler/scsi_dh_alua.c, 6.1 and 6.12): what state
 * a port is believed to be in, that I/O to a port that cannot serve it is refused before it is sent, and that an
 * activation asks the port (REPORT TARGET PORT GROUPS, twice in the traces) and believes the answer.
 *
 * Simplified: implicit ALUA only (no SET TARGET PORT GROUPS); the commands of the activation cost their time and are not
 * in the log; a port that is transitioning is let through as in the kernel, without the retry of its commands.
 */
import type { ScenarioDevice } from '../scenario.ts'

const SERVES: ReadonlySet<string> = new Set([
  'active/optimized',
  'active/non-optimized',
  'lba-dependent',
  'transitioning',
])

/** scsi_dh_alua.c:ALUA_RTPG_DELAY_MSECS: a port is asked this long after the activation was ordered. */
export const RTPG_DELAY_NS = 5_000_000

/** scsi_dh_alua.c:ALUA_FAILOVER_TIMEOUT: a port that does not answer is given up after this. */
export const ALUA_FAILOVER_TIMEOUT_NS = 60_000_000_000

/** REPORT TARGET PORT GROUPS commands of one activation (seen: e14, e15). */
export const RTPG_COMMANDS = 2

export class AluaPort {
  /** The state the handler believes. */
  state: string
  private readonly reported: string

  constructor(spec: ScenarioDevice) {
    this.state = spec.access_state ?? 'active/optimized'
    this.reported = spec.access_state_reported ?? this.state
  }

  /** alua_prep_fn: false refuses the I/O quietly. */
  get serves(): boolean {
    return SERVES.has(this.state)
  }

  /** alua_rtpg: believes what the port says; false when the port is offline. */
  ask(): boolean {
    this.state = this.reported
    return this.state !== 'offline'
  }
}
