/** How long a device takes for a command: at once while it is being submitted, or one timer per command. */
import type { Completion } from '../scenario.ts'
import type { EventQueue, Firing } from '../sim/event-queue.ts'
import type { Request } from '../block/request.ts'

/** Who is told that a command is done. */
export interface CommandOwner {
  commandDone(rq: Request): void
}

/** Starts the service of one command. With `immediate` the owner is told before this returns. */
export function startService(
  clock: EventQueue,
  completion: Completion,
  owner: CommandOwner,
  rq: Request,
): void {
  switch (completion.kind) {
    case 'immediate':
      owner.commandDone(rq)
      break
    case 'timer':
      clock.schedule(clock.nowNs + completion.ns, new Command(owner, rq))
      break
  }
}

class Command implements Firing {
  private readonly owner: CommandOwner
  private readonly rq: Request

  constructor(owner: CommandOwner, rq: Request) {
    this.owner = owner
    this.rq = rq
  }

  fire(): void {
    this.owner.commandDone(this.rq)
  }
}
