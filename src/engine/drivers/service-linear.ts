/**
 * A device that does one command after another, each for f + size / b: the two-parameter model of a path of 2008 that
 * experiment B1 of history-and-claims was fitted with. The fixed part is what merging saves.
 */
import type { Completion } from '../scenario.ts'
import { type Command, scaled, type Service, type ServiceSite, transferNs } from './command.ts'

export class LinearService implements Service {
  private readonly site: ServiceSite
  private readonly spec: Extract<Completion, { readonly kind: 'linear' }>
  private freeAtNs = 0

  constructor(site: ServiceSite, spec: Extract<Completion, { readonly kind: 'linear' }>) {
    this.site = site
    this.spec = spec
  }

  begin(command: Command): number {
    const { clock, pace } = this.site
    const ns = this.spec.per_io_ns + transferNs(command.rq.sizeSectors, this.spec.bytes_per_s)
    this.freeAtNs = Math.max(clock.nowNs, this.freeAtNs) + scaled(ns, pace)
    clock.schedule(this.freeAtNs, command)
    return this.freeAtNs
  }
}
