/** Over the plot of one lane: playhead, brushed range, pointer; a click goes there, a drag selects time. */
import { useMemo, useRef, type PointerEvent, type ReactElement } from 'react'
import { useStore } from 'zustand'
import type { Plot } from '../../stage/charts/marks.ts'
import { msOf, shownPart, type TimelineView } from '../../stage/timeline/view.ts'
import type { PanelProps } from '../dock/panel.ts'
import { TimeOverlay } from '../timeline/TimeOverlay.tsx'
import { useTimeGestures } from '../timeline/use-time-gestures.ts'

export interface PlotAxisProps extends PanelProps {
  readonly plot: Plot
  readonly unitPx: number
}

export function TimePlot(props: PlotAxisProps): ReactElement {
  const { plot, unitPx, control, theater, dock, selection, hover } = props
  const host = useRef<HTMLDivElement>(null)
  const { map } = control
  const { window, look } = useStore(dock)
  const range = useStore(selection, (state) => state.range)
  const view = useMemo<TimelineView>(
    () => ({ map, widthPx: plot.widthPx, heightPx: plot.heightPx, unitPx, ...shownPart(map, window) }),
    [map, plot, unitPx, window],
  )
  const gestures = useTimeGestures(host, {
    view,
    window,
    range,
    onWindow: look,
    onRange: selection.getState().selectRange,
    onHover: (ns) => hover.set(ns),
    onClick: (x) => control.seekShown(msOf(view, x)),
  })
  return (
    <div ref={host} className="chart-plot" style={placeOf(plot)} {...gestures}>
      <TimeOverlay
        bare
        view={view}
        control={control}
        theater={theater}
        hover={hover}
        range={range}
        marks={[]}
      />
    </div>
  )
}

export function ValuePlot({
  plot,
  onShare,
}: {
  readonly plot: Plot
  /** Shares of width and height, from the upper left. */
  readonly onShare: (share: { readonly x: number; readonly y: number } | undefined) => void
}): ReactElement {
  const move = (event: PointerEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.getBoundingClientRect()
    onShare({
      x: (event.clientX - box.left) / Math.max(1, box.width),
      y: (event.clientY - box.top) / Math.max(1, box.height),
    })
  }
  return (
    <div
      className="chart-plot"
      data-axis="value"
      style={placeOf(plot)}
      onPointerMove={move}
      onPointerLeave={() => onShare(undefined)}
    />
  )
}

function placeOf({ x, y, widthPx, heightPx }: Plot): {
  left: number
  top: number
  width: number
  height: number
} {
  return { left: x, top: y, width: widthPx, height: heightPx }
}
