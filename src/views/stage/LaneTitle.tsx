/** Which lane this is, and the one idea of it: the order of the two steps, in their colours. */
import { Fragment, type ReactElement } from 'react'
import type { QueueMode } from '../../engine/log/index.ts'
import type { BandKind } from '../../stage/layout/parts.ts'
import type { Rect } from '../../stage/rect.ts'
import { BandIcon } from './BandIcon.tsx'
import { at } from './place.ts'

const TITLES: Readonly<Record<QueueMode, { name: string; idea: string; order: readonly BandKind[] }>> = {
  bio: { name: 'bio-based', idea: 'path first, merge below', order: ['choose', 'merge'] },
  rq: { name: 'request-based', idea: 'merge first, path below', order: ['merge', 'choose'] },
  native: { name: 'native NVMe', idea: 'path first, nothing cloned', order: ['choose', 'merge'] },
  single: { name: 'single device', idea: 'no multipath', order: ['merge'] },
}

const SHORT: Readonly<Partial<Record<BandKind, string>>> = { choose: 'choose path', merge: 'merge' }

export function LaneTitle(props: {
  readonly letter: string
  readonly mode: QueueMode
  readonly box: Rect
}): ReactElement {
  const { name, idea, order } = TITLES[props.mode]
  return (
    <div className="lane-title" style={at(props.box)}>
      <h2>
        <span>{props.letter}</span>
        {name}
      </h2>
      <p>{idea}</p>
      <div className="swap" aria-hidden="true">
        {order.map((kind, i) => (
          <Fragment key={kind}>
            {i > 0 ? <span className="swap-arrow">→</span> : null}
            <span className="swap-chip" data-kind={kind}>
              <BandIcon kind={kind} />
              {SHORT[kind]}
            </span>
          </Fragment>
        ))}
      </div>
    </div>
  )
}
