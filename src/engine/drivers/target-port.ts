/**
 * The port of an array that a path leads to: what state it really is in, whether the host may change that (SET TARGET
 * PORT GROUPS), and how it answers I/O that it does not serve.
 *
 * Simplified: each device has a port group of its own; after a change by the array one command is answered with UNIT
 * ATTENTION 2A/06, as the standard has it.
 */
import { AccessState } from '../log/index.ts'
import type { ScenarioDevice } from '../scenario.ts'
import type { ScsiResult } from './scsi-result.ts'

/** Names that sysfs shows (scsi_sysfs.c:sdev_access_states). */
export const ACCESS_STATES: ReadonlyMap<string, AccessState> = new Map([
  ['active/optimized', AccessState.optimized],
  ['active/non-optimized', AccessState.non_optimized],
  ['standby', AccessState.standby],
  ['unavailable', AccessState.unavailable],
  ['lba-dependent', AccessState.lba_dependent],
  ['offline', AccessState.offline],
  ['transitioning', AccessState.transitioning],
])

export function accessStateOf(name: string | undefined): AccessState {
  return ACCESS_STATES.get(name ?? '') ?? AccessState.optimized
}

/** Additional sense code qualifiers of NOT READY 04/xx (SPC-4). */
const NOT_ACCESSIBLE: ReadonlyMap<AccessState, number> = new Map([
  [AccessState.transitioning, 0x0a],
  [AccessState.standby, 0x0b],
  [AccessState.unavailable, 0x0c],
  [AccessState.offline, 0x12],
])

export class TargetPort {
  state: AccessState
  /** The host may choose the state (TPGS field of INQUIRY). */
  readonly explicit: boolean
  private unitAttention = false

  constructor(spec: ScenarioDevice) {
    this.state = accessStateOf(spec.access_state_reported ?? spec.access_state)
    this.explicit = spec.tpgs === 'explicit'
  }

  /** The array moves the port to another state. */
  change(state: AccessState): void {
    if (state === this.state) return
    this.state = state
    this.unitAttention = true
  }

  /** SET TARGET PORT GROUPS, MODE SELECT or START UNIT: the host takes the LUN to this port. */
  take(): void {
    this.state = AccessState.optimized
  }

  /** How it answers a command that it does not carry out; undefined when it does. */
  refuses(): ScsiResult | undefined {
    if (this.unitAttention) {
      this.unitAttention = false
      return { hostByte: 0, statusByte: 2, senseKey: 6, asc: 0x2a, ascq: 0x06 }
    }
    return this.notReady
  }

  /** What TEST UNIT READY would say, if not GOOD. */
  get notReady(): ScsiResult | undefined {
    const ascq = NOT_ACCESSIBLE.get(this.state)
    return ascq === undefined ? undefined : { hostByte: 0, statusByte: 2, senseKey: 2, asc: 0x04, ascq }
  }
}
