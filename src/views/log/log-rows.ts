/**
 * The rows of the log that can be seen, as elements that are written anew when others come into sight: a list of millions
 * costs as much as its window. No React: it is written some times a second while the show plays.
 */
import type { LogRow } from '../../stage/log/log-row.ts'

export interface ShownRow extends LogRow {
  /** Place in the whole list, from 0. */
  readonly rank: number
  readonly lane: string
  readonly sentence: string
  readonly when: 'past' | 'now' | 'future'
  readonly active: boolean
}

/** Columns in order: key of a row, and what it is called. */
export const LOG_COLUMNS: readonly (readonly [key: keyof ShownRow, name: string])[] = [
  ['time', 'time'],
  ['lane', 'lane'],
  ['dev', 'device'],
  ['letter', 'bt'],
  ['name', 'kernel'],
  ['rwbs', 'rwbs'],
  ['where', 'sector + size'],
  ['task', 'task'],
  ['subject', 'what'],
  ['sentence', 'in words'],
]

export class LogRows {
  private readonly host: HTMLElement
  private readonly rows: HTMLElement[] = []

  constructor(host: HTMLElement) {
    this.host = host
  }

  /** Writes the rows, the first of them so many pixels above the window. */
  paint(shown: readonly ShownRow[], rowPx: number, abovePx: number): void {
    while (this.rows.length < shown.length) this.add()
    this.rows.forEach((row, i) => {
      const one = shown[i]
      row.hidden = one === undefined
      if (one !== undefined) write(row, one, i * rowPx - abovePx)
    })
  }

  /** Id of the element of a row that was painted. */
  idOf(rank: number): string | undefined {
    return this.rows.find((row) => !row.hidden && row.dataset['rank'] === String(rank))?.id
  }

  clear(): void {
    this.host.replaceChildren()
    this.rows.length = 0
  }

  private add(): void {
    const row = document.createElement('div')
    row.setAttribute('role', 'row')
    row.className = 'log-row'
    row.id = `log-row-${this.rows.length}`
    for (const [key] of LOG_COLUMNS) {
      const cell = document.createElement('span')
      cell.setAttribute('role', 'gridcell')
      cell.className = `log-${key}`
      row.append(cell)
    }
    this.rows.push(row)
    this.host.append(row)
  }
}

function write(row: HTMLElement, shown: ShownRow, topPx: number): void {
  set(row, 'data-rank', String(shown.rank))
  set(row, 'data-when', shown.when)
  set(row, 'data-lane', shown.lane)
  set(row, 'aria-selected', String(shown.active))
  // The row of names is the first.
  set(row, 'aria-rowindex', String(shown.rank + 2))
  const transform = `translateY(${topPx}px)`
  if (row.style.transform !== transform) row.style.transform = transform
  LOG_COLUMNS.forEach(([key], i) => {
    const cell = row.children[i] as HTMLElement
    const text = String(shown[key])
    if (cell.textContent === text) return
    cell.textContent = text
    if (key === 'sentence') cell.title = text
  })
}

function set(element: HTMLElement, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value)
}
