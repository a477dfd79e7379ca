/**
 * Commands that go without an answer for too long: block/blk-mq.c:blk_mq_timeout_work, with the timeout of sd and nvme,
 * 30 s, or what sysfs device/timeout says.
 *
 * One timer per device, as in the kernel; it runs only while an answer may be later than the timeout, because a device
 * that is silent (or slow enough) holds commands. Simplified: it expires to the nanosecond, the kernel's to a second.
 */
import { COMMAND_TIMEOUT_NS } from '../kernel/constants.ts'
import { TimerKind } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import { DeviceTimer } from './device-timer.ts'
import type { Command } from './command.ts'

export class CommandWatch {
  private readonly m: Machine
  private readonly inFlight: ReadonlySet<Command>
  private readonly timedOut: (command: Command) => void
  private readonly timer: DeviceTimer
  /** rq->timeout: how long a command may go without an answer. */
  timeoutNs: number = COMMAND_TIMEOUT_NS
  /** Commands that were told about, and are still in flight. */
  private readonly told = new WeakSet<Command>()

  /** `inFlight` in the order in which commands were begun. */
  constructor(
    m: Machine,
    device: number,
    inFlight: ReadonlySet<Command>,
    timedOut: (command: Command) => void,
  ) {
    this.m = m
    this.inFlight = inFlight
    this.timedOut = timedOut
    this.timer = new DeviceTimer(m, device, TimerKind.command, () => {
      this.expire()
    })
  }

  get running(): boolean {
    return this.timer.armed
  }

  /** A command whose answer is due then (Infinity: nobody knows). */
  begun(answerNs: number): void {
    if (answerNs - this.m.clock.nowNs >= this.timeoutNs) this.watch()
  }

  /** From now on answers may stay out: whatever is in flight is watched. */
  watch(): void {
    if (this.timer.armed) return
    const first = this.earliest()
    if (first !== undefined) this.timer.arm(Math.max(0, first - this.m.clock.nowNs))
  }

  /** What was watched has ended. */
  rest(): void {
    if (this.inFlight.size === 0) this.timer.cancel()
  }

  private earliest(): number | undefined {
    for (const command of this.inFlight)
      if (!this.told.has(command)) return command.rq.issueNs + this.timeoutNs
    return undefined
  }

  private expire(): void {
    const { nowNs } = this.m.clock
    for (const command of [...this.inFlight]) {
      if (this.told.has(command) || command.rq.issueNs + this.timeoutNs > nowNs) continue
      this.told.add(command)
      this.timedOut(command)
    }
    this.watch()
  }
}
