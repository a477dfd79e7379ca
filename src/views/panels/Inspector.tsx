/** What is followed: its family, how long each step took, its events with the names a kernel engineer knows. */
import { useMemo, type ReactElement } from 'react'
import { durationText } from '../../lib/duration.ts'
import { familyOf, type Family, type FamilyMember } from '../../record/family.ts'
import { type ObjectId, ObjectType } from '../../record/places.ts'
import type { LaneFacts } from '../../stage/facts.ts'
import { blktraceLetter, kernelName } from '../../stage/kernel-names.ts'
import { capital, deviceName, thingName } from '../../stage/names.ts'
import { stepsOf, type Step } from '../../stage/steps.ts'
import { momentText, sizeText } from '../../stage/words.ts'
import type { RunRecord } from '../../record/run-record.ts'

export interface InspectorProps {
  readonly lane: number
  readonly record: RunRecord
  readonly facts: LaneFacts
  readonly id: ObjectId
  /** Event that the show is at, to mark it in the list. */
  readonly index: number
  readonly onGo: (lane: number, index: number) => void
  readonly onFollow: (lane: number, id: ObjectId) => void
  readonly onClose: () => void
}

export default function Inspector(props: InspectorProps): ReactElement {
  const { lane, record, facts, id, index, onGo, onFollow, onClose } = props
  const { eventCount } = record
  // A record only grows: its length is its version.
  const { family, members, steps } = useMemo(() => {
    const found = eventCount < 0 ? undefined : familyOf(record, id)
    return { family: found, members: inTreeOrder(found), steps: stepsOf(record, found?.events ?? []) }
  }, [record, id, eventCount])
  const by = { header: record.header, facts }
  return (
    <aside className="inspector" aria-label="inspector">
      <header>
        <h2>
          Follow: {thingName(by, id)} <small>lane {String.fromCharCode(65 + lane)}</small>
        </h2>
        <button type="button" className="small-button" onClick={onClose}>
          Close <kbd>Esc</kbd>
        </button>
      </header>
      <h3>Family</h3>
      <ul className="family">
        {members.map((member) => (
          <li key={member.id} style={{ paddingLeft: `${member.depth * 1.6}rem` }}>
            <button type="button" aria-pressed={member.id === id} onClick={() => onFollow(lane, member.id)}>
              {member.depth > 0 ? '└ ' : ''}
              {SHORT_NAMES[member.type] ?? capital(thingName(by, member.id))}
            </button>
          </li>
        ))}
      </ul>
      <h3>Time by step</h3>
      <Steps steps={steps} />
      <h3>Events</h3>
      <ol className="own-events">
        {(family?.events ?? []).slice(0, MOST_EVENTS).map((event) => {
          const row = record.eventAt(event)
          const { value, unit } = momentText(row.timeNs)
          return (
            <li key={event}>
              <button type="button" aria-current={event === index} onClick={() => onGo(lane, event)}>
                <span className="when">
                  {value} {unit}
                </span>
                <b>{blktraceLetter(row.kind)}</b>
                <code>{kernelName(row.kind)}</code>
                <span>
                  {deviceName(record.header, row.dev)}
                  {row.sizeSectors > 0 ? ` ${sizeText(row.sizeSectors)}` : ''}
                </span>
              </button>
            </li>
          )
        })}
      </ol>
    </aside>
  )
}

/** Rows of the list; a family of more events has them in the exported trace. */
const MOST_EVENTS = 400

/** Within a family `the clone of bio 5` is said in short. */
const SHORT_NAMES: Readonly<Partial<Record<ObjectType, string>>> = {
  [ObjectType.clone]: 'Clone',
  [ObjectType.request_clone]: 'Request clone',
  [ObjectType.fragment]: 'Fragment',
}

interface TreeRow {
  readonly id: ObjectId
  readonly type: ObjectType
  readonly depth: number
}

/** Parents before children, with the number of steps below the I/O. */
function inTreeOrder(family: Family | undefined): TreeRow[] {
  const children = new Map<number, FamilyMember[]>()
  for (const member of family?.members ?? [])
    children.set(member.parent, [...(children.get(member.parent) ?? []), member])
  const rows: TreeRow[] = []
  const visit = (parent: number, depth: number): void => {
    for (const member of children.get(parent) ?? []) {
      rows.push({ id: member.id, type: member.type, depth })
      visit(member.id, depth + 1)
    }
  }
  visit(0, 0)
  return rows
}

function Steps({ steps }: { readonly steps: readonly Step[] }): ReactElement {
  const longest = Math.max(1, ...steps.map((step) => step.ns))
  return (
    <dl className="steps">
      {steps.map((step) => (
        <div key={step.letters} title={step.about}>
          <dt>{step.letters}</dt>
          <dd>
            <span
              className="step-bar"
              style={{ width: `${(step.ns / longest) * 100}%` }}
              data-letters={step.letters}
            />
            <span className="step-ns">{durationText(step.ns)}</span>
          </dd>
        </div>
      ))}
    </dl>
  )
}
