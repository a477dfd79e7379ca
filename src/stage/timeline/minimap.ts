/** The whole run in a strip: how much is in flight in each lane, and where something fails. */
import type { LaneStats } from '../../stats/lane-stats.ts'
import type { Painter } from '../painter.ts'
import { columnEdges, type TimelineView } from './view.ts'

const COLUMN_PX = 2

/** A strip per lane, one below the other. */
export function drawMinimap(
  painter: Painter,
  lanes: readonly (LaneStats | undefined)[],
  view: TimelineView,
): void {
  painter.begin(view.widthPx, view.heightPx)
  const columns = Math.ceil(view.widthPx / COLUMN_PX)
  const edges = columnEdges(view, columns)
  const pitch = view.heightPx / Math.max(1, lanes.length)
  const most = lanes.reduce((max, stats) => Math.max(max, stats?.iosInFlight.max ?? 0), 1)
  for (const [place, stats] of lanes.entries()) {
    if (stats === undefined) continue
    const bottom = (place + 1) * pitch - 1
    for (let column = 0; column < columns; column++) {
      const h = (stats.iosInFlight.mean(edges[column]!, edges[column + 1]!) / most) * (pitch - 2)
      painter.ink('hold')
      if (h > 0) painter.plain(column * COLUMN_PX, bottom - h, COLUMN_PX, h)
    }
    painter.ink('bad')
    for (let column = 0; column < columns; column++) {
      const [first, end] = stats.commands.rowsIn(edges[column]!, edges[column + 1]!)
      if (stats.commands.status.values.subarray(first, end).some((status) => status !== 0))
        painter.plain(column * COLUMN_PX, bottom - pitch + 2, COLUMN_PX, pitch - 2)
    }
  }
}
