/**
 * What all paths of a LUN share behind their links: the cache and the media of an array. Commands are taken in order of
 * arrival, `width` at once; a read is found in the cache or not, as drawn from the run's seed.
 *
 * Simplified: the cache is a ratio, not a memory of what was read; destaging of writes costs nothing.
 */
import { isWrite } from '../log/index.ts'
import type { ArrayCompletion } from '../scenario.ts'
import type { EventQueue } from '../sim/event-queue.ts'
import type { Rng } from '../sim/rng.ts'
import type { Command } from './command.ts'

interface Waiting {
  readonly command: Command
  readonly done: () => void
}

export class ArrayBackEnd {
  private readonly clock: EventQueue
  private readonly rng: Rng
  private readonly spec: ArrayCompletion
  private readonly waiting: Waiting[] = []
  private working = 0

  constructor(clock: EventQueue, rng: Rng, spec: ArrayCompletion) {
    this.clock = clock
    this.rng = rng
    this.spec = spec
  }

  /** Commands that it holds. */
  get held(): number {
    return this.waiting.length + this.working
  }

  /** Room for one more command; without it the answer is TASK SET FULL. */
  get hasRoom(): boolean {
    return this.spec.queue_limit === undefined || this.held < this.spec.queue_limit
  }

  /** A command has arrived over a link; `done` is called when its data or its acknowledgement may go back. */
  take(command: Command, done: () => void): void {
    this.waiting.push({ command, done })
    this.workOn()
  }

  private workOn(): void {
    while (this.working < this.spec.width) {
      const next = this.waiting.shift()
      if (next === undefined) return
      this.working++
      this.clock.schedule(this.clock.nowNs + this.timeFor(next.command), {
        fire: () => {
          this.working--
          next.done()
          this.workOn()
        },
      })
    }
  }

  private timeFor({ rq }: Command): number {
    if (isWrite(rq.rwbs)) return this.spec.write_ns
    return this.rng.chance(this.spec.hit_ratio) ? this.spec.hit_ns : this.spec.miss_ns
  }
}
