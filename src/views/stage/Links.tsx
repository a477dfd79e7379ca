/** Lines from the band that chooses to the paths; one that cannot be used is cut. */
import type { ReactElement } from 'react'
import type { RunHeader } from '../../engine/log/index.ts'
import type { LaneLayout } from '../../stage/layout/parts.ts'

export function Links({
  header,
  layout,
}: {
  readonly header: RunHeader
  readonly layout: LaneLayout
}): ReactElement {
  return (
    <svg className="links" width={layout.widthPx} height={layout.heightPx} aria-hidden="true">
      {layout.links.map(({ dev, from, to }) => {
        const middle = layout.linkY
        return (
          <g key={dev} className="link" data-dev={header.devices[dev]?.name} data-live={`alive:${dev}`}>
            <path d={`M${from.x} ${from.y}V${middle}H${to.x}V${to.y}`} />
            <g className="cut" transform={`translate(${to.x} ${middle}) scale(${layout.unitPx})`}>
              <rect x="-7" y="-6" width="14" height="12" />
              <path d="M-7 -6L0 -1L-5 2L6 7" />
            </g>
          </g>
        )
      })}
    </svg>
  )
}
