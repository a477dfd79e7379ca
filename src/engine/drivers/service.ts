/**
 * How long a device takes for a command: the door to the models in service-*.ts, and the two simplest, which have no
 * state: at once while the command is being submitted, and one timer per command.
 *
 * A model only says when an answer would come. Whether it gets through (a device that hangs, a cable that is out) is the
 * driver's to know. Simplified in all of them: a command that the kernel has given up keeps its place in the device.
 */
import { assertNever } from '../../lib/assert-never.ts'
import type { Completion } from '../scenario.ts'
import type { EventQueue } from '../sim/event-queue.ts'
import { type Command, scaled, type Service, type ServiceSite } from './command.ts'
import { ArrayService } from './service-array.ts'
import { DiskService } from './service-disk.ts'
import { LinearService } from './service-linear.ts'
import { NvmeService } from './service-nvme.ts'

export function createService(completion: Completion, site: ServiceSite): Service {
  switch (completion.kind) {
    case 'immediate':
      return new ImmediateService(site.clock)
    case 'timer':
      return new TimerService(site, completion.ns)
    case 'linear':
      return new LinearService(site, completion)
    case 'disk':
      return new DiskService(site, completion)
    case 'nvme':
      return new NvmeService(site, completion)
    case 'array':
      return new ArrayService(site, completion)
    default:
      return assertNever(completion)
  }
}

class ImmediateService implements Service {
  private readonly clock: EventQueue

  constructor(clock: EventQueue) {
    this.clock = clock
  }

  begin(command: Command): number {
    command.fire()
    return this.clock.nowNs
  }
}

class TimerService implements Service {
  private readonly site: ServiceSite
  private readonly ns: number

  constructor(site: ServiceSite, ns: number) {
    this.site = site
    this.ns = ns
  }

  begin(command: Command): number {
    const { clock, pace } = this.site
    const doneNs = clock.nowNs + scaled(this.ns, pace)
    clock.schedule(doneNs, command)
    return doneNs
  }
}
