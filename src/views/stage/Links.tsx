/** Lines from what chooses to the paths; one that cannot be used is cut. */
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
      {layout.links.map(({ dev, points }) => {
        const foot = points[0]!
        const cutY = layout.linkY
        const cutX = points.find(({ x, y }) => y === cutY && x !== foot.x)?.x ?? foot.x
        return (
          <g key={dev} className="link" data-dev={header.devices[dev]?.name} data-live={`alive:${dev}`}>
            <path d={`M${points.map(({ x, y }) => `${x} ${y}`).join('L')}`} />
            <g className="cut" transform={`translate(${cutX} ${cutY}) scale(${layout.unitPx})`}>
              <rect x="-7" y="-6" width="14" height="12" />
              <path d="M-7 -6L0 -1L-5 2L6 7" />
            </g>
          </g>
        )
      })}
    </svg>
  )
}
