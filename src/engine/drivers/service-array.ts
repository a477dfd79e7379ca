/**
 * One path into an array: a link that carries one transfer at a time in each direction at its bandwidth, a latency each
 * way, and behind it the back end that all paths of the LUN share (array-back-end.ts).
 *
 * Simplified: commands and acknowledgements take no bandwidth, a transfer is not interleaved with others, and a full
 * array refuses without a reservation for paths that wait.
 */
import { isWrite } from '../log/index.ts'
import type { ArrayCompletion } from '../scenario.ts'
import type { ArrayBackEnd } from './array-back-end.ts'
import { type Command, scaled, type Service, type ServiceSite, transferNs } from './command.ts'

export class ArrayService implements Service {
  private readonly site: ServiceSite
  private readonly spec: ArrayCompletion
  private readonly backEnd: ArrayBackEnd
  private outFreeAtNs = 0
  private inFreeAtNs = 0

  constructor(site: ServiceSite, spec: ArrayCompletion) {
    if (site.backEnd === undefined) throw new Error('an array service without a back end')
    this.site = site
    this.spec = spec
    this.backEnd = site.backEnd
  }

  begin(command: Command): number {
    const { clock } = this.site
    const { rq } = command
    const sentNs = isWrite(rq.rwbs) ? this.sendNs(rq.sizeSectors) : clock.nowNs
    clock.schedule(sentNs + this.latencyNs, {
      fire: () => {
        this.arrive(command)
      },
    })
    return Infinity
  }

  private arrive(command: Command): void {
    if (command.abandoned) return
    if (!this.backEnd.hasRoom) {
      command.refused = true
      this.answer(command, 0)
      return
    }
    this.backEnd.take(command, () => {
      this.answer(command, isWrite(command.rq.rwbs) ? 0 : command.rq.sizeSectors)
    })
  }

  /** Data of a read takes the link; an acknowledgement only its latency. */
  private answer(command: Command, sizeSectors: number): void {
    const { clock } = this.site
    let leavesNs = clock.nowNs
    if (sizeSectors > 0) {
      this.inFreeAtNs = Math.max(clock.nowNs, this.inFreeAtNs) + this.transfer(sizeSectors)
      leavesNs = this.inFreeAtNs
    }
    clock.schedule(leavesNs + this.latencyNs, command)
  }

  private sendNs(sizeSectors: number): number {
    this.outFreeAtNs = Math.max(this.site.clock.nowNs, this.outFreeAtNs) + this.transfer(sizeSectors)
    return this.outFreeAtNs
  }

  private transfer(sizeSectors: number): number {
    return scaled(transferNs(sizeSectors, this.spec.link_bytes_per_s), this.site.pace)
  }

  private get latencyNs(): number {
    return scaled(this.spec.link_latency_ns, this.site.pace)
  }
}
