/**
 * rdac, emc and hp_sw, reduced to what they have in common (drivers/scsi/device_handler/scsi_dh_rdac.c:rdac_prep_fn,
 * rdac_activate; scsi_dh_emc.c:clariion_prep_fn, clariion_activate; scsi_dh_hp_sw.c:hp_sw_prep_fn, hp_sw_activate, 6.1):
 * a LUN belongs to one controller; I/O by another one is refused quietly with an error; activating a path moves the LUN
 * to its controller by one command (MODE SELECT, a trespass page, START UNIT).
 *
 * Simplified: the other controller's paths learn of the move by their answers alone; a controller that is not ready
 * (transitioning) asks for another try with rdac and hp_sw, and is taken for busy (firmware upgrade) with emc.
 */
import { AccessState, BlkStatus, EventKind, ScsiDh } from '../log/index.ts'
import type { ScenarioDevice } from '../scenario.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import type { DeviceHandler, HandlerDisk } from './device-handler.ts'
import { accessStateOf } from './target-port.ts'

export class OwnershipHandler implements DeviceHandler {
  readonly name: string
  private readonly disk: HandlerDisk
  private owned: boolean

  constructor(name: string, disk: HandlerDisk, spec: ScenarioDevice) {
    this.name = name
    this.disk = disk
    this.owned = accessStateOf(spec.access_state) === AccessState.optimized
  }

  prepare(): BlkStatus {
    return this.owned ? BlkStatus.OK : BlkStatus.IOERR
  }

  checkSense(): void {
    // what these handlers read from sense codes decides between retries that are the midlayer's anyway
  }

  *activate(ctx: Context): Steps<ScsiDh> {
    const { port, m, index } = this.disk
    const answer = yield* this.disk.passthrough(ctx)
    if (answer === 'timed out') return ScsiDh.IO
    if (answer === 'no connection') return ScsiDh.RES_TEMP_UNAVAIL
    if (port.state === AccessState.offline) return ScsiDh.DEV_OFFLINED
    if (port.state === AccessState.transitioning)
      return this.name === 'emc' ? ScsiDh.DEV_TEMP_BUSY : ScsiDh.RETRY
    if (this.owned) return ScsiDh.OK
    if ((yield* this.disk.passthrough(ctx)) !== 'answered') return ScsiDh.IO
    port.take()
    this.owned = true
    m.log.emit(EventKind.access_state, index, 0, 0, 0, 0, 0, AccessState.optimized)
    return ScsiDh.OK
  }
}
