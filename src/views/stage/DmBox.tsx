/** The multipath map: its head, its bands, and the selector's nodes in their groups. */
import { Fragment, type ReactElement } from 'react'
import type { RunHeader } from '../../engine/log/index.ts'
import { WORDS_FROM } from '../../stage/layout/nodes.ts'
import type { LaneLayout, SelectorNode } from '../../stage/layout/parts.ts'
import { Band } from './Band.tsx'
import { Inside } from './Inside.tsx'
import { at } from './place.ts'

export function DmBox({
  header,
  layout,
}: {
  readonly header: RunHeader
  readonly layout: LaneLayout
}): ReactElement {
  const device = layout.map === undefined ? undefined : header.devices[layout.map]
  return (
    <section
      className="dm-box"
      style={at(layout.dm.box)}
      aria-label={`${device?.name ?? 'dm'} ${header.dmName}, Enter opens its queue`}
      role="group"
      tabIndex={0}
      data-queue={layout.map}
    >
      <Inside of={layout.dm.box}>
        <div className="box-head" style={at(layout.dm.head)}>
          <b>
            {device?.name} {header.dmName}
          </b>
          <span className="path-cut" data-wide="true" data-live="cut:dm" />
          <span className="head-note beside" data-live="dm" />
          <span className="head-note" data-live="dm:flags" />
        </div>
        {layout.dm.bands.map((band) => (
          <Band
            key={band.kind}
            header={header}
            band={band}
            owner="dm"
            selector={
              new Set(header.selectors).size > 1 ? 'a selector per group' : (header.selectors[0] ?? '')
            }
            unitPx={layout.unitPx}
          />
        ))}
        {layout.groups.map(({ group, box, label }) => (
          <Fragment key={group}>
            <div className="group-box" style={at(box)} data-live={`group:${group}:state`} />
            <div className="group-label" style={at(label)} data-live={`group:${group}`} />
          </Fragment>
        ))}
        {layout.nodes.map((node) => (
          <Node
            key={node.dev}
            node={node}
            name={header.devices[node.dev]?.name ?? ''}
            unitPx={layout.unitPx}
            close={layout.nodes.length > WORDS_UP_TO}
          />
        ))}
      </Inside>
    </section>
  )
}

interface NodeProps {
  readonly node: SelectorNode
  readonly name: string
  readonly unitPx: number
  /** Nodes stand close: figures instead of words. */
  readonly close: boolean
}

/** With more nodes than this words would touch. */
const WORDS_UP_TO = 3
/** Width of a letter of a name, as a share of its height. */
const LETTER = 0.62
/** Height of a name, in units. */
const NAME_UNITS = 11.5

/** A name that is longer or higher than its node is written smaller. */
function Node({ node, name, unitPx, close }: NodeProps): ReactElement {
  const { x, y, radius, halfWidth, dev } = node
  const room = 2 * halfWidth - 6 * unitPx
  const share = Math.min(room / (name.length * LETTER), 2 * radius - 5 * unitPx) / (NAME_UNITS * unitPx)
  return (
    <div
      className="node"
      style={at({ x: x - halfWidth, y: y - radius, w: halfWidth * 2, h: radius * 2 })}
      data-live={`next:${dev}`}
    >
      <span className="node-name" style={share < 1 ? { fontSize: NAME_UNITS * share * unitPx } : undefined}>
        {name}
      </span>
      {radius < WORDS_FROM * unitPx ? null : (
        <span className="node-word" data-live={close ? `node:${dev}:short` : `node:${dev}`} />
      )}
    </div>
  )
}
