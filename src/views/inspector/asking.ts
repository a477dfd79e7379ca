/**
 * What the inspector shows beside an I/O that is followed: a thing, or the answer to "why?". A plain object with
 * listeners; anybody may ask, the drawer listens.
 */
import type { InspectedThing } from '../../stage/inspect/thing-facts.ts'
import type { Topic } from '../../stage/why/why.ts'

export type Asked =
  | { readonly kind: 'thing'; readonly lane: number; readonly thing: InspectedThing }
  | { readonly kind: 'why'; readonly lane: number; readonly topic: Topic }

export class Asking {
  /** The last is shown; the ones before are where "back" leads. */
  private trail: readonly Asked[] = []
  private readonly listeners = new Set<() => void>()

  readonly current = (): Asked | undefined => this.trail.at(-1)

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  get canGoBack(): boolean {
    return this.trail.length > 1
  }

  ask(asked: Asked): void {
    const same = JSON.stringify(this.current()) === JSON.stringify(asked)
    const before = asked.kind === 'thing' ? this.trail.filter(({ kind }) => kind === 'thing') : this.trail
    this.set(same ? this.trail : [...before, asked].slice(-MOST_STEPS))
  }

  back(): void {
    this.set(this.trail.slice(0, -1))
  }

  close(): void {
    if (this.trail.length > 0) this.set([])
  }

  private set(trail: readonly Asked[]): void {
    this.trail = trail
    for (const listener of this.listeners) listener()
  }
}

const MOST_STEPS = 20

/** The one of the page. */
export const asking: Asking = new Asking()

/** Opens the answer to a question about what is seen, for example `askWhy('chart:latency')`. */
export function askWhy(topic: Topic, lane = 0): void {
  asking.ask({ kind: 'why', lane, topic })
}
