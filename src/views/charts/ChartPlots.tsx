/** The plots of a chart, one per lane, and what is read off them under the pointer. */
import { useEffect, useRef, type ReactElement } from 'react'
import type { pictureOf } from '../../stage/charts/picture.ts'
import { readAtBin, readAtRow, readAtTime } from '../../stage/charts/summary.ts'
import { momentText } from '../../stage/words.ts'
import type { PanelProps } from '../dock/panel.ts'
import type { ChartFileInput } from './chart-files.ts'
import { TimePlot, ValuePlot } from './PlotAxis.tsx'

type PlotsProps = PanelProps & {
  readonly picture: ReturnType<typeof pictureOf>
  readonly file: ChartFileInput
  readonly unitPx: number
}

/** The overlays of all lanes, and what is read under the pointer, wherever on the page it is. */
export function Plots(props: PlotsProps): ReactElement {
  const { picture, file, hover } = props
  const words = useRef<HTMLParagraphElement>(null)
  const say = (text: string): void => {
    if (words.current !== null) words.current.textContent = text
  }
  useEffect(() => {
    if (file.chart.axis !== 'time') return undefined
    return hover.subscribe((timeNs) => {
      if (words.current === null) return
      const { value, unit } = momentText(timeNs ?? 0)
      words.current.textContent =
        timeNs === undefined ? '' : `${value} ${unit} · ${readAtTime(file.input, file.data, timeNs)}`
    })
  }, [hover, file])
  return (
    <>
      {picture.plots.map((plot) =>
        file.chart.axis === 'time' ? (
          <TimePlot key={plot.letter} {...props} plot={plot} />
        ) : (
          <ValuePlot
            key={plot.letter}
            plot={plot}
            onShare={(share) => say(share === undefined ? '' : readAt(file, share))}
          />
        ),
      )}
      <p ref={words} className="chart-read" aria-hidden="true" />
    </>
  )
}

function readAt(
  { input, data }: ChartFileInput,
  { x, y }: { readonly x: number; readonly y: number },
): string {
  return data.kind === 'rows' ? readAtRow(input, data, y) : readAtBin(input, data, x)
}
