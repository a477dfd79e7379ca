/** The signs on the buttons of the transport. */
import type { ReactElement } from 'react'

const PATHS = {
  start: 'M4 3h2v10H4zM13 3v10L6.5 8z',
  back: 'M11 3v10L4 8z',
  play: 'M5 2.5v11L13.5 8z',
  pause: 'M4 3h3v10H4zM9 3h3v10H9z',
  replay: 'M8 2.6a5.4 5.4 0 1 1-5.2 4h2A3.5 3.5 0 1 0 8 4.5V7L3.8 3.6 8 .3z',
  forward: 'M5 3v10l7-5z',
  milestone: 'M3 3v10l6.5-5zM10 3h2v10h-2z',
} as const

export function Icon({ name }: { readonly name: keyof typeof PATHS }): ReactElement {
  return (
    <svg viewBox="0 0 16 16" className="icon" aria-hidden="true">
      <path d={PATHS[name]} fill="currentColor" />
    </svg>
  )
}
