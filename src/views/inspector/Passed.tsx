/** The events of the I/O in order, each with the kernel's function behind it, its file and the versions it was read in. */
import { useState, type ReactElement } from 'react'
import type { Family } from '../../record/family.ts'
import type { RunRecord } from '../../record/run-record.ts'
import { blktraceLetter, kernelName } from '../../stage/kernel-names.ts'
import { deviceName } from '../../stage/names.ts'
import { eventTopic, functionsOf, rangeText } from '../../stage/why/why.ts'
import { momentText, sizeText } from '../../stage/words.ts'

export interface PassedProps {
  readonly record: RunRecord
  readonly family: Family
  readonly index: number
  readonly onGo: (index: number) => void
}

const FIRST = 120
const MORE = 400

export function Passed({ record, family, index, onGo }: PassedProps): ReactElement {
  const [shown, setShown] = useState(FIRST)
  const left = family.events.length - shown
  return (
    <section>
      <h3>
        Passed in the kernel <small>{family.events.length} events</small>
      </h3>
      <ol className="own-events">
        {family.events.slice(0, shown).map((event) => (
          <PassedEvent key={event} record={record} event={event} current={event === index} onGo={onGo} />
        ))}
      </ol>
      {left <= 0 ? null : (
        <button type="button" className="small-button" onClick={() => setShown(shown + MORE)}>
          and {left} more
        </button>
      )}
    </section>
  )
}

interface PassedEventProps {
  readonly record: RunRecord
  readonly event: number
  readonly current: boolean
  readonly onGo: (index: number) => void
}

function PassedEvent({ record, event, current, onGo }: PassedEventProps): ReactElement {
  const { kind, timeNs, dev, sizeSectors } = record.eventAt(event)
  const [passed] = functionsOf(kind, record.header.kernel)
  const { value, unit } = momentText(timeNs)
  const letter = blktraceLetter(kind)
  return (
    <li data-why={eventTopic(kind)}>
      <button type="button" aria-current={current} onClick={() => onGo(event)}>
        <span className="when">
          {value} {unit}
        </span>
        <b>{letter}</b>
        <code>{kernelName(kind)}</code>
        <span>
          {deviceName(record.header, dev)}
          {sizeSectors > 0 ? ` ${sizeText(sizeSectors)}` : ''}
        </span>
        {passed === undefined ? null : (
          <span className="passed-function">
            <code>{passed.name}</code> {passed.file.split('/').at(-1)} <small>{rangeText(passed)}</small>
          </span>
        )}
      </button>
    </li>
  )
}
