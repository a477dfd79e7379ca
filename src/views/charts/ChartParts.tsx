/** What stands around a chart's picture: the names of its colours, its files, the same as a table. */
import type { ReactElement } from 'react'
import type { ChartTable, Key } from '../../stage/charts/chart.ts'
import { saveCsv, savePng, saveSvg, type ChartFileInput } from './chart-files.ts'

export function Keys({ keys }: { readonly keys: readonly Key[] }): ReactElement | null {
  if (keys.length < 2) return null
  return (
    <ul className="chart-keys">
      {keys.map(({ name, colour, dash }) => (
        <li key={name}>
          <svg viewBox="0 0 18 4" aria-hidden="true">
            <path
              d="M0 2h18"
              stroke={`var(--ink-${colour})`}
              strokeWidth="3"
              strokeDasharray={{ solid: undefined, dashed: '6 3', dotted: '2 2' }[dash]}
            />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  )
}

const SAVES: readonly (readonly [format: string, save: (file: ChartFileInput) => unknown])[] = [
  ['SVG', saveSvg],
  ['PNG', savePng],
  ['CSV', saveCsv],
]

export function Files({ file }: { readonly file: ChartFileInput }): ReactElement {
  return (
    <>
      {SAVES.map(([format, save]) => (
        <button
          key={format}
          type="button"
          className="small-button"
          aria-label={`Save ${file.chart.title} as ${format}`}
          onClick={() => void save(file)}
        >
          {format}
        </button>
      ))}
    </>
  )
}

export function TableView({
  table,
  title,
}: {
  readonly table: ChartTable
  readonly title: string
}): ReactElement {
  return (
    <div className="chart-table" tabIndex={0} role="region" aria-label={`table of ${title}`}>
      <table>
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, i) => (
            <tr key={i}>
              {row.map((cell, j) => (
                <td key={table.columns[j]}>{typeof cell === 'number' ? Number(cell.toFixed(2)) : cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
