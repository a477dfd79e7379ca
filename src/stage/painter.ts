/**
 * What the stage draws with: the few verbs it needs, so that a scene can go to a canvas, or to a list that a test reads.
 *
 * Colours are asked for by role; a painter knows the theme. Shapes are collected into a path and then filled or stroked
 * once, which is what makes a thousand blocks cheap.
 */
export type Ink =
  | 'text'
  | 'muted'
  | 'faint'
  | 'halo'
  | 'split'
  | 'merge'
  | 'choose'
  | 'good'
  | 'bad'
  | 'focus'
  | 'panel'
  | 'hold'
  | PathInk

/** Where colour is the path; an index beyond the last begins again, and names stand beside. */
export const PATH_INKS = ['path0', 'path1', 'path2', 'path3', 'path4', 'path5', 'path6', 'path7'] as const
export type PathInk = (typeof PATH_INKS)[number]

/** All of them. */
export const INKS: readonly Ink[] = [
  'text',
  'muted',
  'faint',
  'halo',
  'split',
  'merge',
  'choose',
  'good',
  'bad',
  'focus',
  'panel',
  'hold',
  ...PATH_INKS,
]

/** A step of the address ramp, or a role. */
export type Colour = number | Ink

export type Dash = 'solid' | 'dashed' | 'dotted'
export type TextAlign = 'left' | 'center' | 'right'

export interface Painter {
  begin(widthPx: number, heightPx: number): void
  /** The frame is complete. */
  end(): void
  /** Everything until the next call is drawn with this opacity. */
  opacity(alpha: number): void
  path(): void
  box(x: number, y: number, w: number, h: number, radius: number): void
  line(x1: number, y1: number, x2: number, y2: number): void
  curve(x1: number, y1: number, cx: number, cy: number, x2: number, y2: number): void
  circle(x: number, y: number, radius: number): void
  /** Part of a circle from its top, clockwise; share 0 to 1. */
  arc(x: number, y: number, radius: number, share: number): void
  fill(colour: Colour): void
  /** Colour of the boxes that follow, up to the next fill, stroke or text. */
  ink(colour: Colour): void
  /** A filled box at once, on whole device pixels and at least one of them large: what a crowd is drawn with. */
  plain(x: number, y: number, w: number, h: number): void
  /** Four edges of a box, the inside untouched. */
  edges(x: number, y: number, w: number, h: number, edgePx: number): void
  /** A box of which the edge is left: cheaper than edges, but what was inside is gone. */
  hollow(x: number, y: number, w: number, h: number, edgePx: number): void
  stroke(colour: Colour, widthPx: number, dash: Dash): void
  text(
    text: string,
    x: number,
    y: number,
    sizePx: number,
    colour: Colour,
    align: TextAlign,
    bold: boolean,
  ): void
  /** Black or white on a step of the ramp. */
  textOn(step: number, text: string, x: number, y: number, sizePx: number): void
}
