/** Renders again when words are due: some times a second while something moves, never per frame. */
import { useEffect, useState } from 'react'
import type { Theater } from '../theater.ts'

export function useRound(theater: Theater): number {
  const [round, setRound] = useState(0)
  useEffect(() => theater.onWords(() => setRound((before) => before + 1)), [theater])
  return round
}
