/** The sign of a band: the same in both lanes, so that the eye finds the band that changed its place. */
import type { ReactElement } from 'react'
import type { BandKind } from '../../stage/layout/parts.ts'

const SHAPES: Readonly<Record<BandKind, ReactElement>> = {
  // One block and the dashed copy made from it.
  split: (
    <>
      <rect x="1.5" y="4.5" width="6" height="7" rx="1.2" />
      <rect x="9" y="4.5" width="5.5" height="7" rx="1.2" strokeDasharray="1.6 1.3" />
    </>
  ),
  // Three blocks in one frame.
  merge: (
    <>
      <rect x="1" y="3" width="14" height="10" rx="2" />
      <path d="M4.5 5.5v5M8 5.5v5M11.5 5.5v5" strokeWidth="2.2" />
    </>
  ),
  // One way becomes two.
  choose: (
    <>
      <path d="M8 1.5v4.5M8 6C8 9 3.5 8.5 3.5 12.5M8 6c0 3 4.5 2.5 4.5 6.5" />
      <path d="M1.6 10.8l1.9 2.4 1.9-2.4M10.6 10.8l1.9 2.4 1.9-2.4" />
    </>
  ),
  // Straight through.
  bypass: <path d="M8 1.5v12M4.8 10.5L8 13.8l3.2-3.3" />,
}

export function BandIcon({ kind }: { readonly kind: BandKind }): ReactElement {
  return (
    <svg className="band-icon" viewBox="0 0 16 16" aria-hidden="true" data-kind={kind}>
      <g fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round">
        {SHAPES[kind]}
      </g>
    </svg>
  )
}
