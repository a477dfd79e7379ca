/** Lines from what chooses to the paths; one that cannot be used is cut. */
import type { ReactElement } from 'react'
import type { RunHeader } from '../../engine/log/index.ts'
import type { LaneLayout } from '../../stage/layout/parts.ts'
import type { Point } from '../../stage/rect.ts'

/** Of the turns of a line, in units. */
const TURN = 5

/** A line through the points, whose turns are round. */
function roundLine(points: readonly Point[], turnPx: number): string {
  return points
    .map((point, i) => {
      const [before, after] = [points[i - 1], points[i + 1]]
      if (before === undefined) return `M${point.x} ${point.y}`
      if (after === undefined) return `L${point.x} ${point.y}`
      const [a, b] = [towards(point, before, turnPx), towards(point, after, turnPx)]
      return `L${a.x} ${a.y}Q${point.x} ${point.y} ${b.x} ${b.y}`
    })
    .join('')
}

/** So far from one point to the other, at most half of the way. */
function towards(from: Point, to: Point, px: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  const share = length === 0 ? 0 : Math.min(0.5, px / length)
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }
}

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
            <path d={roundLine(points, TURN * layout.unitPx)} />
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
