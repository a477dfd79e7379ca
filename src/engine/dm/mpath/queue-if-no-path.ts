/**
 * What becomes of I/O when no path is left: drivers/md/dm-mpath.c:queue_if_no_path, multipath_resume,
 * queue_if_no_path_timeout_work, enable_nopath_timeout, disable_nopath_timeout, 2.6.28 to 6.19.
 */
import { DeviceTimer } from '../../drivers/device-timer.ts'
import { MpathFlag, TimerKind } from '../../log/index.ts'
import type { Multipath } from './multipath.ts'

/**
 * queue_if_no_path(): sets or clears the flag; clearing re-runs what waits, so that it can end. `saveOld` remembers the
 * present value for the resume after a suspend.
 */
export function setQueueIfNoPath(m: Multipath, on: boolean, saveOld: boolean): void {
  const present = m.has(MpathFlag.queue_if_no_path)
  const saved = m.has(MpathFlag.saved_queue_if_no_path)
  if (saveOld) {
    if (present || !saved) m.setFlag(MpathFlag.saved_queue_if_no_path, present)
  } else if (!on && saved) m.setFlag(MpathFlag.saved_queue_if_no_path, false)
  m.setFlag(MpathFlag.queue_if_no_path, on)
  if (on) m.noPathTimer.arm()
  else {
    m.host.runQueuedIo(m)
    m.noPathTimer.stop()
  }
}

/** multipath_resume: what presuspend has saved is in force again. */
export function restoreQueueIfNoPath(m: Multipath): void {
  if (!m.has(MpathFlag.saved_queue_if_no_path)) return
  m.setFlag(MpathFlag.queue_if_no_path, true)
  m.setFlag(MpathFlag.saved_queue_if_no_path, false)
}

/** queue_if_no_path_timeout_secs: queueing without a path ends by itself, where the module's parameter is not 0. */
export class NoPathTimer {
  private readonly multipath: Multipath
  private readonly timeoutNs: number
  private readonly timer: DeviceTimer

  constructor(multipath: Multipath, timeoutNs: number) {
    const { m, host } = multipath
    this.multipath = multipath
    this.timeoutNs = timeoutNs
    // queue_if_no_path_timeout_work
    this.timer = new DeviceTimer(m, host.index, TimerKind.no_path, () => {
      setQueueIfNoPath(multipath, false, false)
    })
  }

  get armed(): boolean {
    return this.timer.armed
  }

  /** enable_nopath_timeout */
  arm(): void {
    const { multipath, timeoutNs } = this
    if (timeoutNs === 0 || multipath.nrValidPaths > 0 || !multipath.has(MpathFlag.queue_if_no_path)) return
    this.timer.arm(timeoutNs)
  }

  /** disable_nopath_timeout */
  stop(): void {
    this.timer.cancel()
  }
}
