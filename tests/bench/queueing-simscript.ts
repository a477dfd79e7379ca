/**
 * The benchmark's job as a queueing network in simscript 1.0.37, whose entities are asynchronous scripts. It is made for
 * pages: it asks for animation frames now and then, which Node has not, so it gets the next turn of the loop instead.
 */
import { Entity, Queue, Simulation } from 'simscript'
import type { Network, NetworkRun } from './queueing.ts'

export async function runSimScript(network: Network): Promise<NetworkRun> {
  const { ios, depth, batch, serviceNs, tags, togglesNs } = network
  const active = [true, true]
  let [left, inFlight, done, events, turn] = [ios, 0, 0, 0, 0]

  class Job extends Simulation {
    readonly paths: Queue[] = [new Queue('path 0', tags), new Queue('path 1', tags)]

    override onStarting(): void {
      super.onStarting()
      this.submit()
      if (togglesNs > 0) void this.activate(new Admin())
    }

    submit(): void {
      while (left > 0 && inFlight < depth) {
        left--
        inFlight++
        void this.activate(new Io())
      }
    }

    ended(): void {
      done++
      inFlight--
      if (inFlight <= depth - batch) this.submit()
    }
  }

  class Io extends Entity<Job> {
    override async script(): Promise<void> {
      for (;;) {
        turn = 1 - turn
        const path = active[turn] ? turn : 1 - turn
        const queue = this.simulation.paths[path]!
        await this.enterQueue(queue)
        await this.delay(serviceNs)
        this.leaveQueue(queue)
        events++
        if (active[path]) break
      }
      this.simulation.ended()
    }
  }

  class Admin extends Entity<Job> {
    override async script(): Promise<void> {
      for (let round = 0; left > 0; round++) {
        for (const up of [false, true]) {
          await this.delay(togglesNs)
          events++
          active[round & 1] = up
        }
      }
    }
  }

  const global = globalThis as { requestAnimationFrame?: (next: () => void) => unknown }
  const before = global.requestAnimationFrame
  global.requestAnimationFrame = setImmediate
  const job = new Job()
  await new Promise<void>((ended) => {
    job.finished.addEventListener(() => {
      ended()
    })
    void job.start()
  })
  if (before === undefined) delete global.requestAnimationFrame
  else global.requestAnimationFrame = before
  return { done, events }
}
