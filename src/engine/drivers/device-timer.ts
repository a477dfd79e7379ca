/** A kernel timer of one device that the log knows of: what waits for it can be seen to wait. */
import { EventKind, type TimerKind } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import { Timer } from '../sim/timer.ts'

export class DeviceTimer {
  private readonly m: Machine
  private readonly device: number
  private readonly kind: TimerKind
  private readonly isProgress: boolean
  private readonly timer: Timer

  /** `isProgress`: its end may be what a run waits for; not so for looks that go on for ever. */
  constructor(m: Machine, device: number, kind: TimerKind, action: () => void, isProgress = true) {
    this.isProgress = isProgress
    this.m = m
    this.device = device
    this.kind = kind
    this.timer = new Timer(m.clock, () => {
      this.ended(0)
      action()
    })
  }

  get armed(): boolean {
    return this.timer.armed
  }

  /** Sets or moves it. */
  arm(delayNs: number): void {
    const us = Math.round(delayNs / 1000)
    this.m.log.emit(EventKind.timer_arm, this.device, 0, 0, this.kind, 0, 0, us)
    this.timer.modify(delayNs)
  }

  cancel(): void {
    if (this.timer.cancel()) this.ended(1)
  }

  private ended(cancelled: 0 | 1): void {
    if (this.isProgress) this.m.deviceTimerNs = this.m.clock.nowNs
    this.m.log.emit(EventKind.timer_end, this.device, 0, 0, this.kind, 0, 0, cancelled)
  }
}

/** A kernel thread sleeps until a timer of the device has run out. */
export function* waitFor(m: Machine, ctx: Context, device: number, kind: TimerKind, delayNs: number): Steps {
  new DeviceTimer(m, device, kind, () => {
    ctx.wake()
  }).arm(delayNs)
  ctx.sleep(false)
  yield
}
