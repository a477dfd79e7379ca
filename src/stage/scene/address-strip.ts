/** The LUN at the foot of a lane: cells to be filled, then what is filled, in the colour of its address. */
import { COLOUR_STEPS } from '../address-colour.ts'
import type { Painter } from '../painter.ts'
import { rect, type Rect } from '../rect.ts'
import { STRIP_COLUMNS, type StripColumns } from '../strip.ts'
import type { Scene } from './scene.ts'

/** With more cells than this they are too narrow for round corners, and for seams. */
const CELLS = 64

export function drawStrip(painter: Painter, { layout, facts, picture, strip }: Scene): void {
  const { strip: box } = layout.lun
  const u = layout.unitPx
  const span = Math.max(1, facts.range.lastSector - facts.range.firstSector)
  const cells = cellsFor(span / facts.maxIoSectors)
  const row = rect(box.x, box.y + 3 * u, box.w, box.h - 6 * u)
  if (cells === CELLS) {
    plainCells(painter, row, u)
    plainColumns(painter, strip, row, picture.index)
    return
  }
  const cellW = box.w / cells
  for (let cell = 0; cell < cells; cell++) {
    painter.path()
    painter.box(row.x + cell * cellW + 0.8 * u, row.y, cellW - 1.6 * u, row.h, 2 * u)
    painter.stroke(stepOf((cell + 0.5) / cells), 1.1 * u, 'solid')
  }
  filledCells(painter, strip, row, picture.index, STRIP_COLUMNS / cells, u)
}

/** A cell for each I/O where they are few; where one is large, parts of it. */
function cellsFor(ios: number): number {
  return ios < 8 ? 16 : Math.min(CELLS, Math.round(ios))
}

function plainCells(painter: Painter, row: Rect, u: number): void {
  const cellW = row.w / CELLS
  for (let cell = 0; cell < CELLS; cell++) {
    painter.ink(stepOf((cell + 0.5) / CELLS))
    painter.hollow(row.x + cell * cellW + 0.8 * u, row.y, cellW - 1.6 * u, row.h, u)
  }
}

/** Columns of one colour that stand side by side are one box. */
function plainColumns(painter: Painter, { done }: StripColumns, row: Rect, index: number): void {
  const columnW = row.w / STRIP_COLUMNS
  for (let from = 0; from < STRIP_COLUMNS;) {
    const step = stepOf((from + 0.5) / STRIP_COLUMNS)
    let to = from
    while (to < STRIP_COLUMNS && done[to]! <= index && stepOf((to + 0.5) / STRIP_COLUMNS) === step) to++
    if (to > from) {
      painter.ink(step)
      painter.plain(row.x + from * columnW, row.y, (to - from) * columnW, row.h)
    }
    from = Math.max(to, from + 1)
  }
}

function filledCells(
  painter: Painter,
  { done }: StripColumns,
  row: Rect,
  index: number,
  perCell: number,
  u: number,
): void {
  const columnW = row.w / STRIP_COLUMNS
  let from = 0
  const flush = (to: number): void => {
    if (to <= from) return
    painter.path()
    painter.box(row.x + from * columnW + 0.8 * u, row.y, (to - from) * columnW - 1.6 * u, row.h, 2 * u)
    painter.fill(stepOf((from + to) / 2 / STRIP_COLUMNS))
  }
  for (let column = 0; column <= STRIP_COLUMNS; column++) {
    const isDone = column < STRIP_COLUMNS && done[column]! <= index
    if (isDone && Math.floor(column / perCell) === Math.floor(from / perCell)) continue
    flush(column)
    from = isDone ? column : column + 1
  }
}

function stepOf(share: number): number {
  return Math.max(0, Math.min(COLOUR_STEPS - 1, Math.round(share * (COLOUR_STEPS - 1))))
}
