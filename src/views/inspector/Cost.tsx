/** What the I/O cost: CPU time by step and bytes of its objects, each figure with where it comes from. */
import type { ReactElement } from 'react'
import { COST_TABLE, OBJECT_SIZES } from '../../engine/log/index.ts'
import { durationText } from '../../lib/duration.ts'
import type { IoLedger } from '../../record/ledger/io-ledger.ts'
import { ObjectType } from '../../record/places.ts'
import { allNodes } from '../../stage/inspect/outline.ts'
import type { FamilyNode } from '../../stage/inspect/tree.ts'
import { WhyButton } from './WhyButton.tsx'

export interface CostProps {
  /** Undefined where the I/O lived too long to be added up. */
  readonly ledger: IoLedger | undefined
  readonly root: FamilyNode
}

const SOURCES = { derived: 'measured', share: 'share of a measured sum', assumption: 'assumed' } as const
const OF_STEP: ReadonlyMap<string, (typeof COST_TABLE)[number]> = new Map(
  COST_TABLE.map((entry) => [entry.step, entry]),
)

export function Cost({ ledger, root }: CostProps): ReactElement {
  const counts = objectCounts(root)
  return (
    <section>
      <h3>
        Objects and bytes <WhyButton topic="inspector:bytes" of="objects and bytes" />
      </h3>
      <dl className="facts">
        {counts.map(({ name, count }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{count}</dd>
          </div>
        ))}
        {ledger === undefined ? null : (
          <div>
            <dt>
              most at once <b data-honesty="measured">measured on 6.12.95</b>
            </dt>
            <dd>{Math.round(ledger.bytesPeak)} B</dd>
          </div>
        )}
      </dl>
      {ledger === undefined ? (
        <p>This I/O has too many events to add up its CPU time.</p>
      ) : (
        <details>
          <summary>
            CPU time {durationText(ledger.cpuNs)}, {ledger.steps.length} kinds of steps
          </summary>
          <dl className="facts">
            {ledger.steps.map(({ step, times, ns }) => {
              const source = OF_STEP.get(step)?.source.kind ?? 'assumption'
              return (
                <div key={step} title={OF_STEP.get(step)?.what}>
                  <dt>
                    {step}
                    <b data-honesty={source === 'derived' ? 'measured' : 'assumed'}>{SOURCES[source]}</b>
                  </dt>
                  <dd>
                    {Number(times.toFixed(2))} × = {durationText(ns)}
                  </dd>
                </div>
              )
            })}
          </dl>
          <p>
            Sums measured on 6.12.95, their division over the steps assumed.{' '}
            <WhyButton topic="inspector:cost" of="CPU time" />
          </p>
        </details>
      )}
      <details>
        <summary>Sizes of objects</summary>
        <dl className="facts">
          {OBJECT_SIZES.map(({ what, bytes, slabBytes, source }) => (
            <div key={what}>
              <dt>
                {what}{' '}
                <b data-honesty={'assumption' in source ? 'assumed' : 'measured'}>
                  {'assumption' in source ? 'assumed' : `measured on ${source.kernel}`}
                </b>
              </dt>
              <dd>{bytes === slabBytes ? `${bytes} B` : `${bytes}, takes ${slabBytes} B`}</dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  )
}

const NAMES: readonly (readonly [ObjectType, string])[] = [
  [ObjectType.original, 'bios'],
  [ObjectType.clone, 'bio clones'],
  [ObjectType.fragment, 'fragments'],
  [ObjectType.request, 'requests it was in'],
  [ObjectType.request_clone, 'request clones'],
]

function objectCounts(root: FamilyNode): { name: string; count: number }[] {
  const nodes = allNodes(root)
  return NAMES.map(([type, name]) => ({
    name,
    count: new Set(nodes.filter((node) => node.type === type).map(({ id }) => id)).size,
  })).filter(({ count }) => count > 0)
}
