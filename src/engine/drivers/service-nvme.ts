/**
 * Flash behind NVMe: commands wait in the submission queues of the hardware contexts, the controller takes them in turn
 * (round-robin arbitration), works on `width` at once, and moves data over a bus that all share.
 *
 * Simplified: reads and writes cost a fixed time each, whatever the die; no garbage collection, no write buffer.
 */
import type { NvmeCompletion } from '../scenario.ts'
import type { Firing } from '../sim/event-queue.ts'
import { isWrite } from '../log/index.ts'
import { type Command, scaled, type Service, type ServiceSite, transferNs } from './command.ts'

export class NvmeService implements Service {
  private readonly site: ServiceSite
  private readonly spec: NvmeCompletion
  /** Commands that wait, by number of their submission queue. */
  private readonly queues: Command[][] = []
  private turn = 0
  private working = 0
  private busFreeAtNs = 0

  constructor(site: ServiceSite, spec: NvmeCompletion) {
    this.site = site
    this.spec = spec
  }

  begin(command: Command): number {
    const { number } = command.rq.hctx
    while (this.queues.length <= number) this.queues.push([])
    this.queues[number]!.push(command)
    this.fetch()
    return Infinity
  }

  /** The controller takes from the queues in turn while it has a place free. */
  private fetch(): void {
    for (let empty = 0; this.working < this.spec.width && empty < this.queues.length;) {
      const command = this.queues[this.turn % this.queues.length]!.shift()
      this.turn++
      if (command === undefined) empty++
      else {
        empty = 0
        this.work(command)
      }
    }
  }

  private work(command: Command): void {
    const { clock, pace } = this.site
    const { rq } = command
    this.working++
    const flashNs = clock.nowNs + scaled(isWrite(rq.rwbs) ? this.spec.write_ns : this.spec.read_ns, pace)
    const busNs = scaled(transferNs(rq.sizeSectors, this.spec.bytes_per_s), pace)
    this.busFreeAtNs = Math.max(this.busFreeAtNs, clock.nowNs) + busNs
    clock.schedule(Math.max(flashNs + busNs, this.busFreeAtNs), this.ending(command))
  }

  private ending(command: Command): Firing {
    return {
      fire: () => {
        this.working--
        command.fire()
        this.fetch()
      },
    }
  }
}
