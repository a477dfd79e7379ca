/** Time by stage: a bar for each span, in order; a span much longer than the others is broken, and says its length. */
import type { ReactElement } from 'react'
import { durationText } from '../../lib/duration.ts'
import type { StageSpan } from '../../stage/inspect/stages.ts'
import { WhyButton } from './WhyButton.tsx'

export interface StageBarsProps {
  readonly spans: readonly StageSpan[]
  readonly nameOf: (dev: number) => string
  /** Event that the show is at. */
  readonly index: number
  readonly onGo: (index: number) => void
}

/** A bar longer than so many times the next longest is broken. */
const BROKEN_FROM = 6

export function StageBars({ spans, nameOf, index, onGo }: StageBarsProps): ReactElement {
  const sorted = spans.map(({ ns }) => ns).sort((a, b) => b - a)
  const total = spans.reduce((sum, { ns }) => sum + ns, 0)
  const scaleNs = scaleOf(sorted)
  return (
    <section>
      <h3>
        Time by stage <small>{durationText(total)}, simulated</small>{' '}
        <WhyButton topic="inspector:stages" of="time by stage" />
      </h3>
      <ol className="stage-spans">
        {spans.map((span) => (
          <li
            key={span.fromIndex}
            data-kind={span.kind}
            data-failed={span.failed}
            data-now={holds(span, index)}
          >
            <button type="button" onClick={() => onGo(span.toIndex)} title={span.about}>
              <span className="span-name">
                {span.name}
                {span.kind === 'device' ? <small> {nameOf(span.dev)}</small> : null}
                {span.attempt > 1 && span.kind !== 'wait' ? <small> again</small> : null}
              </span>
              <span className="span-track">
                <span
                  className="span-bar"
                  data-broken={span.ns > scaleNs}
                  style={{ width: `${Math.min(1, span.ns / scaleNs) * 100}%` }}
                />
              </span>
              <span className="span-ns">{durationText(span.ns)}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** The longest span, or the longest of the others where that would leave them nothing to be seen. */
function scaleOf(sorted: readonly number[]): number {
  for (let i = 0; i + 1 < sorted.length; i++)
    if (sorted[i]! <= BROKEN_FROM * sorted[i + 1]! || sorted[i + 1]! === 0) return Math.max(1, sorted[i]!)
  return Math.max(1, sorted.at(-1) ?? 1)
}

function holds({ fromIndex, toIndex }: StageSpan, index: number): boolean {
  return fromIndex <= index && index < toIndex
}
