/** Whose turn it is: one chart a frame computes anew, so that no frame has to carry them all. */
import { useEffect, useRef, useState } from 'react'
import type { Theater } from '../theater.ts'

export class Turns {
  private readonly waiting = new Set<() => void>()

  ask(turn: () => void): () => void {
    this.waiting.add(turn)
    return () => this.waiting.delete(turn)
  }

  /** The next one, in order of asking. */
  readonly frame = (): void => {
    for (const turn of this.waiting) {
      this.waiting.delete(turn)
      turn()
      return
    }
  }
}

/** The value as it was when it was last this one's turn. */
export function useTurn<T>(turns: Turns, value: T, wanted: boolean): T {
  const [taken, setTaken] = useState(value)
  const latest = useRef(value)
  useEffect(() => {
    latest.current = value
    if (!wanted || value === taken) return undefined
    return turns.ask(() => setTaken(latest.current))
  }, [turns, value, taken, wanted])
  return taken
}

/** Turns are given while the page draws frames. */
export function useTurns(theater: Theater): Turns {
  const [turns] = useState(() => new Turns())
  useEffect(() => theater.onFrame(turns.frame), [theater, turns])
  return turns
}
