/** The marks of a chart as SVG; colours come from the theme by name. */
import { memo, type NamedExoticComponent, type ReactElement } from 'react'
import type { ChartMark } from '../../stage/charts/marks.ts'
import type { ChartPicture } from '../../stage/charts/picture.ts'
import { dashArray } from '../../stage/charts/svg-text.ts'
import type { Colour } from '../../stage/painter.ts'
import type { CanvasTheme } from '../stage/canvas-painter.ts'

export interface ChartSvgProps {
  readonly picture: ChartPicture
  readonly theme: CanvasTheme
  readonly label: string
}

export const ChartSvg: NamedExoticComponent<ChartSvgProps> = memo(function ChartSvg({
  picture,
  theme,
  label,
}: ChartSvgProps): ReactElement {
  const css = (colour: Colour): string =>
    typeof colour === 'number' ? (theme.ramp[colour] ?? 'gray') : `var(--ink-${colour})`
  return (
    <svg
      className="chart-svg"
      role="img"
      aria-label={label}
      width={picture.widthPx}
      height={picture.heightPx}
      viewBox={`0 0 ${picture.widthPx} ${picture.heightPx}`}
    >
      {picture.marks.map((mark, i) => (
        <Mark key={i} mark={mark} css={css} />
      ))}
    </svg>
  )
})

function Mark({
  mark,
  css,
}: {
  readonly mark: ChartMark
  readonly css: (colour: Colour) => string
}): ReactElement {
  if (mark.kind === 'words')
    return (
      <text
        x={mark.x}
        y={mark.y}
        textAnchor={mark.align}
        fontSize={mark.sizePx}
        fontWeight={mark.bold === true ? 700 : undefined}
        fill={css(mark.colour)}
        transform={mark.upright === true ? `rotate(-90 ${mark.x} ${mark.y})` : undefined}
      >
        {mark.text}
      </text>
    )
  const { d, fill, stroke, widthPx = 1, dash, opacity } = mark
  return (
    <path
      d={d}
      fill={fill === undefined ? 'none' : css(fill)}
      stroke={stroke === undefined ? undefined : css(stroke)}
      strokeWidth={widthPx}
      strokeDasharray={dashArray(dash, widthPx)}
      opacity={opacity}
    />
  )
}
