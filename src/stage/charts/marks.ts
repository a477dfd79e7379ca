/** What a chart is drawn with, and where. */
import type { Colour } from '../painter.ts'

export interface Shape {
  readonly kind: 'shape'
  /** Path data of SVG. */
  readonly d: string
  readonly fill?: Colour
  readonly stroke?: Colour
  readonly widthPx?: number
  readonly dash?: 'solid' | 'dashed' | 'dotted'
  readonly opacity?: number
}

export interface Words {
  readonly kind: 'words'
  readonly x: number
  readonly y: number
  readonly text: string
  readonly align: 'start' | 'middle' | 'end'
  readonly sizePx: number
  readonly colour: Colour
  readonly bold?: boolean
  /** Turned by a quarter, upwards. */
  readonly upright?: boolean
}

export type ChartMark = Shape | Words

/** Where the values of a lane are drawn. */
export interface Plot {
  readonly letter: string
  readonly x: number
  readonly y: number
  readonly widthPx: number
  readonly heightPx: number
}

/** Sizes of letters, in units. */
export const TICK_UNITS = 9.5
export const LABEL_UNITS = 10
/** A row of names is at least so high. */
export const LEAST_ROW_UNITS = 10

/** Hundredths of a pixel are enough, and shorter. */
export const round: (value: number) => number = (value) => Math.round(value * 100) / 100

export function boxPath(x: number, y: number, w: number, h: number): string {
  return h <= 0 ? '' : `M${round(x)} ${round(y)}h${round(w)}v${round(h)}h${round(-w)}z`
}

export function largest(values: readonly number[]): number {
  return values.reduce((max, value) => Math.max(max, value), 0)
}
