/**
 * The benchmark's job as a queueing network in simjs 2.0.3. Its bundle exports nothing; it hangs itself on `window`,
 * which it therefore gets for as long as it loads.
 */
import { createRequire } from 'node:module'
import type { Network, NetworkRun } from './queueing.ts'

/** What is used of the library. */
interface SimJs {
  readonly Sim: new () => {
    addEntity<T>(kind: new (...words: never[]) => T): T
    simulate(endTime: number): void
  }
  readonly Entity: new (...words: never[]) => EntityOfSimJs
  readonly Facility: new (name: string, discipline: number, servers: number) => object
}

interface EntityOfSimJs {
  useFacility(facility: object, duration: number): { done(callback: () => void): void }
  setTimer(duration: number): { done(callback: () => void): void }
}

let loaded: SimJs | undefined

function library(): SimJs {
  loaded ??= load()
  return loaded
}

function load(): SimJs {
  const global = globalThis as { window?: { Sim?: SimJs } | undefined }
  const before = global.window
  const window: { Sim?: SimJs } = {}
  global.window = window
  createRequire(import.meta.url)('simjs')
  if (before === undefined) delete global.window
  else global.window = before
  if (window.Sim === undefined) throw new Error('simjs did not put itself on window')
  return window.Sim
}

const FIRST_COME_FIRST_SERVED = 0

export function runSimJs({ ios, depth, batch, serviceNs, tags, togglesNs }: Network): NetworkRun {
  const { Sim, Entity, Facility } = library()
  const paths = [0, 1].map((at) => new Facility(`path ${String(at)}`, FIRST_COME_FIRST_SERVED, tags))
  const active = [true, true]
  let [left, inFlight, done, events, turn] = [ios, 0, 0, 0, 0]

  class Source extends Entity {
    start(): void {
      this.submit()
      if (togglesNs > 0) this.toggle(0)
    }

    submit(): void {
      while (left > 0 && inFlight < depth) {
        left--
        inFlight++
        this.send()
      }
    }

    send(): void {
      turn = 1 - turn
      const path = active[turn] ? turn : 1 - turn
      this.useFacility(paths[path]!, serviceNs).done(() => {
        events++
        if (active[path]) this.ended()
        else this.send()
      })
    }

    ended(): void {
      done++
      inFlight--
      if (inFlight <= depth - batch) this.submit()
    }

    toggle(round: number): void {
      this.setTimer(togglesNs).done(() => {
        events++
        active[round & 1] = false
        this.setTimer(togglesNs).done(() => {
          events++
          active[round & 1] = true
          if (left > 0) this.toggle(round + 1)
        })
      })
    }
  }

  const sim = new Sim()
  sim.addEntity(Source)
  sim.simulate(1e15)
  return { done, events }
}
