/** A path, a queue, a band, the map or the tasks, as they are at the playhead. */
import type { ReactElement } from 'react'
import { shapeOf, type LaneShow } from '../../stage/lane-show.ts'
import type { BandKind } from '../../stage/layout/parts.ts'
import type { FactSection } from '../../stage/inspect/facts/section.ts'
import { type InspectedThing, thingFacts } from '../../stage/inspect/thing-facts.ts'
import { deviceName } from '../../stage/names.ts'
import type { Session } from '../../store/session.ts'
import { bandName } from '../stage/band-names.ts'
import type { Theater } from '../theater.ts'
import { asking } from './asking.ts'
import { useEngineAnswer } from './use-engine-answer.ts'
import { useRound } from './use-round.ts'
import { WhyButton } from './WhyButton.tsx'

export interface ThingViewProps {
  readonly session: Session
  readonly theater: Theater
  readonly lane: number
  readonly show: LaneShow
  readonly thing: InspectedThing
}

export function ThingView({ session, theater, lane, show, thing }: ThingViewProps): ReactElement {
  useRound(theater)
  const { picture, record, timeNs } = show
  const sections = thingFacts({ picture, record, shape: shapeOf(record), timeNs }, thing)
  return (
    <>
      <Neighbours lane={lane} show={show} thing={thing} />
      {sections.map((section) => (
        <Facts key={section.title} section={section} />
      ))}
      {thing.kind === 'map' && record.header.mode !== 'native' ? (
        <EngineSays session={session} lane={lane} />
      ) : null}
    </>
  )
}

export function Facts({ section }: { readonly section: FactSection }): ReactElement {
  return (
    <section>
      <h3>
        {section.title}{' '}
        {section.why === undefined ? null : <WhyButton topic={section.why} of={section.title} />}
      </h3>
      <dl className="facts">
        {section.rows.map(({ label, value, why, tone }, at) => (
          <div key={`${label}${at}`}>
            <dt>
              {why === undefined ? (
                label
              ) : (
                <button type="button" className="asked" data-why={why} title={`why? ${label}`}>
                  {label}
                </button>
              )}
            </dt>
            <dd data-tone={tone}>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** What lies beside it: from anything to anything in the lane by keyboard. */
function Neighbours({ lane, show, thing }: Pick<ThingViewProps, 'lane' | 'show' | 'thing'>): ReactElement {
  const { layout, record } = show
  const { header } = record
  const name = (dev: number): string => deviceName(header, dev)
  const bands: readonly BandKind[] = layout.map === undefined ? [] : layout.dm.bands.map(({ kind }) => kind)
  const things: readonly (readonly [string, InspectedThing])[] = [
    ...(layout.map === undefined ? [] : [['map', { kind: 'map' }] as const]),
    ...bands.map((band) => [bandName(band, header.mode), { kind: 'band', band, dev: layout.map! }] as const),
    ...layout.paths.map(({ dev }) => [name(dev), { kind: 'path', dev }] as const),
    ...layout.paths.map(({ disk }) => [`queue ${name(disk)}`, { kind: 'queue', dev: disk }] as const),
    ...(header.mode === 'rq' && layout.map !== undefined
      ? [[`queue ${name(layout.map)}`, { kind: 'queue', dev: layout.map }] as const]
      : []),
    ['tasks', { kind: 'tasks' }],
  ]
  const now = JSON.stringify(thing)
  return (
    <label className="thing-choice">
      thing{' '}
      <select
        value={Math.max(
          0,
          things.findIndex(([, one]) => JSON.stringify(one) === now),
        )}
        onChange={({ target }) =>
          asking.ask({ kind: 'thing', lane, thing: things[Number(target.value)]![1] })
        }
      >
        {things.map(([label], at) => (
          <option key={label} value={at}>
            {label}
          </option>
        ))}
      </select>
    </label>
  )
}

function EngineSays({ session, lane }: { readonly session: Session; readonly lane: number }): ReactElement {
  const status = useEngineAnswer(session, lane, 'dmsetup_status')
  const table = useEngineAnswer(session, lane, 'dmsetup_table')
  return (
    <section>
      <h3>
        As the engine answers now <WhyButton topic="map" of="table and status" />
      </h3>
      <p className="command-line">dmsetup status</p>
      <pre tabIndex={0} aria-label="dmsetup status">
        {status}
      </pre>
      <p className="command-line">dmsetup table</p>
      <pre tabIndex={0} aria-label="dmsetup table">
        {table}
      </pre>
    </section>
  )
}
