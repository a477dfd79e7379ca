/**
 * The ALUA hardware handler: drivers/scsi/device_handler/scsi_dh_alua.c:alua_prep_fn, alua_check_sense, alua_activate,
 * alua_rtpg_work, alua_rtpg, alua_stpg, 6.1 and 6.12; a port in transition as the profile says.
 *
 * An activation asks for the state of the port (REPORT TARGET PORT GROUPS) and believes the answer. A port that may be
 * told (explicit ALUA) and is not optimized is told (SET TARGET PORT GROUPS) and asked again; where the array decides
 * (implicit ALUA) the handler can only ask once more, which is why real traces show two questions per path. A port in
 * transition is asked every 2 s until its 60 s are over.
 *
 * Simplified: the handler's commands cost their time and are not in the log; each path is asked by itself, though paths
 * of one port group share the question in the kernel.
 */
import { AccessState, BlkStatus, EventKind, ScsiDh, TimerKind } from '../log/index.ts'
import type { ScenarioDevice } from '../scenario.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import type { DeviceHandler, HandlerDisk } from './device-handler.ts'
import { waitFor } from './device-timer.ts'
import { isAluaTransition, type ScsiResult } from './scsi-result.ts'
import { accessStateOf } from './target-port.ts'

/** ALUA_RTPG_DELAY_MSECS: a port is asked this long after somebody wants to know. */
export const RTPG_DELAY_NS = 5_000_000
/** ALUA_RTPG_RETRY_DELAY */
export const RTPG_RETRY_NS = 2_000_000_000
/** ALUA_FAILOVER_TIMEOUT: how long a transition may take, and a question go without an answer. */
export const ALUA_FAILOVER_TIMEOUT_NS = 60_000_000_000

export class AluaHandler implements DeviceHandler {
  readonly name = 'alua'
  /** The state the handler believes (pg->state). */
  private state: AccessState
  private readonly disk: HandlerDisk
  private checking = false

  constructor(disk: HandlerDisk, spec: ScenarioDevice) {
    this.disk = disk
    this.state = accessStateOf(spec.access_state)
  }

  /** alua_prep_fn */
  prepare(): BlkStatus {
    switch (this.state) {
      case AccessState.optimized:
      case AccessState.non_optimized:
      case AccessState.lba_dependent:
        return BlkStatus.OK
      case AccessState.transitioning:
        return this.disk.m.profile.aluaTransition
      default:
        return BlkStatus.IOERR
    }
  }

  /** alua_check_sense */
  checkSense(result: ScsiResult): void {
    if (isAluaTransition(result)) this.believe(AccessState.transitioning)
    const stateChanged = result.senseKey === 6 && result.asc === 0x2a && result.ascq === 0x06
    if (stateChanged || isAluaTransition(result)) this.check()
  }

  /** alua_check: the port is asked in the background. */
  private check(): void {
    if (this.checking) return
    this.checking = true
    const { m } = this.disk
    m.work(m.cpus[0]!, (ctx) => this.checkWork(ctx)).queue()
  }

  private *checkWork(ctx: Context): Steps {
    yield* this.rtpgWork(ctx, false)
    this.checking = false
  }

  *activate(ctx: Context): Steps<ScsiDh> {
    return yield* this.rtpgWork(ctx, true)
  }

  /** alua_rtpg_work */
  private *rtpgWork(ctx: Context, toActivate: boolean): Steps<ScsiDh> {
    const { m, index } = this.disk
    const expiryNs = m.clock.nowNs + ALUA_FAILOVER_TIMEOUT_NS
    let runStpg = toActivate
    yield* waitFor(m, ctx, index, TimerKind.rtpg, RTPG_DELAY_NS)
    for (;;) {
      const asked = yield* this.rtpg(ctx, expiryNs)
      if (asked === ScsiDh.RETRY) {
        yield* waitFor(m, ctx, index, TimerKind.rtpg, RTPG_RETRY_NS)
        continue
      }
      if (asked !== ScsiDh.OK || !runStpg) return asked
      runStpg = false
      const told = yield* this.stpg(ctx)
      if (told !== ScsiDh.RETRY) return told
    }
  }

  /** alua_rtpg: REPORT TARGET PORT GROUPS; what the port says is believed. */
  private *rtpg(ctx: Context, expiryNs: number): Steps<ScsiDh> {
    const answer = yield* this.disk.passthrough(ctx)
    if (answer === 'timed out') return ScsiDh.IO
    if (answer === 'no connection') return ScsiDh.RES_TEMP_UNAVAIL
    const { state } = this.disk.port
    this.believe(state)
    if (state === AccessState.offline) return ScsiDh.DEV_OFFLINED
    if (state !== AccessState.transitioning) return ScsiDh.OK
    if (this.disk.m.clock.nowNs < expiryNs) return ScsiDh.RETRY
    this.believe(AccessState.standby)
    return ScsiDh.IO
  }

  /** alua_stpg: RETRY asks again, with or without having told. */
  private *stpg(ctx: Context): Steps<ScsiDh> {
    const { port } = this.disk
    if (!port.explicit) return ScsiDh.RETRY
    if (this.state === AccessState.optimized) return ScsiDh.OK
    if (this.state === AccessState.lba_dependent) return ScsiDh.NOSYS
    if ((yield* this.disk.passthrough(ctx)) !== 'answered') return ScsiDh.IO
    port.take()
    return ScsiDh.RETRY
  }

  private believe(state: AccessState): void {
    if (state === this.state) return
    this.state = state
    this.disk.m.log.emit(EventKind.access_state, this.disk.index, 0, 0, 0, 0, 0, state)
  }
}
