/** The same I/O of the same application in all lanes, figure by figure; where they differ is marked. */
import { useMemo, type ReactElement } from 'react'
import { familyOf } from '../../record/family.ts'
import type { ObjectId } from '../../record/places.ts'
import type { RunRecord } from '../../record/run-record.ts'
import { ioFigures } from '../../stage/inspect/io-figures.ts'
import { laneLetter } from '../dock/panel.ts'

export interface CompareProps {
  readonly records: readonly (RunRecord | undefined)[]
  readonly followed: readonly (ObjectId | undefined)[]
}

export function Compare({ records, followed }: CompareProps): ReactElement | null {
  const version = records.map((record) => record?.eventCount ?? 0).join(' ')
  const lanes = useMemo(() => {
    const read = version === '' ? [] : records
    return read.flatMap((record, lane) => {
      const id = followed[lane]
      const family = record === undefined || id === undefined ? undefined : familyOf(record, id)
      return record === undefined || family === undefined
        ? []
        : [{ lane, figures: ioFigures(record, family) }]
    })
  }, [records, followed, version])
  const [first] = lanes
  if (first === undefined || lanes.length < 2) return null
  return (
    <section>
      <h3>The same I/O in each lane</h3>
      <table className="compare">
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">figure</span>
            </th>
            {lanes.map(({ lane }) => (
              <th key={lane} scope="col">
                {laneLetter(lane)} {records[lane]?.header.mode}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {first.figures.map(({ key, label, why }, row) => {
            const texts = lanes.map(({ figures }) => figures[row]!.text)
            return (
              <tr key={key} data-differs={new Set(texts).size > 1}>
                <th scope="row">
                  {why === undefined ? (
                    label
                  ) : (
                    <button type="button" className="asked" data-why={why} title={`why? ${label}`}>
                      {label}
                    </button>
                  )}
                </th>
                {texts.map((text, i) => (
                  <td key={lanes[i]!.lane}>{text}</td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
