/**
 * A spinlock: who wants it gets it in the order of asking (ticket locks to 4.1, queued spinlocks since), and burns its
 * CPU until then.
 *
 * A lock that somebody waited for comes from another CPU, and with it the cache lines that it guards; what that takes
 * depends on the machine (sockets) and is its `transferNs`. A lock that nobody waits for comes for nothing.
 *
 * Simplified: how long it will be held is known when it is taken, so its end is, too; an interrupt may come in between.
 */
import { EventKind, type LockName, type LockSite } from '../log/index.ts'
import type { LogWriter } from '../log/writer.ts'
import type { Context, Steps } from './cpu.ts'

export class Spinlock {
  private readonly name: LockName
  private readonly dev: number
  private readonly log: LogWriter
  private readonly transferNs: number
  /** When the last one who asked will let go. */
  private freeNs = 0

  constructor(log: LogWriter, name: LockName, dev: number, transferNs: number) {
    this.log = log
    this.transferNs = transferNs
    this.name = name
    this.dev = dev
  }

  /** spin_lock_irqsave .. spin_unlock_irqrestore around `holdNs` of work for `subject`. */
  *hold(ctx: Context, holdNs: number, site: LockSite, subject: number): Steps {
    const { nowNs } = ctx.cpu.clock
    const spinNs = this.freeNs > nowNs ? this.freeNs - nowNs + this.transferNs : 0
    this.freeNs = nowNs + spinNs + holdNs
    if (spinNs > 0) {
      if (ctx.spend(spinNs)) yield
      const saidNs = Math.min(spinNs, 0xffff_ffff)
      this.log.emit(EventKind.lock_wait, this.dev, 0, subject, this.name, 0, site, saidNs)
    }
    if (ctx.spend(holdNs)) yield
  }
}
