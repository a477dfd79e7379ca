/** The dm device: its head, its bands, and the selector's nodes. */
import type { ReactElement } from 'react'
import type { RunHeader } from '../../engine/log/index.ts'
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
  const device = header.devices.find((candidate) => candidate.role === 'dm')
  return (
    <section
      className="dm-box"
      style={at(layout.dm.box)}
      aria-label={`${device?.name ?? 'dm'} ${header.dmName}`}
    >
      <Inside of={layout.dm.box}>
        <div className="box-head" style={at(layout.dm.head)}>
          <b>
            {device?.name} {header.dmName}
          </b>
          <span className="head-note beside" data-live="dm" />
        </div>
        {layout.dm.bands.map((band) => (
          <Band
            key={band.kind}
            header={header}
            band={band}
            owner="dm"
            selector={header.selectors[0] ?? ''}
            unitPx={layout.unitPx}
          />
        ))}
        {layout.nodes.map((node) => (
          <Node
            key={node.dev}
            node={node}
            name={header.devices[node.dev]?.name ?? ''}
            unitPx={layout.unitPx}
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
}

/** Width of a letter of a name, as a share of its height. */
const LETTER = 0.62
/** Height of a name, in units. */
const NAME_UNITS = 11.5

/** A name that is longer than its node is written smaller. */
function Node({ node, name, unitPx }: NodeProps): ReactElement {
  const { x, y, radius, halfWidth, dev } = node
  const room = 2 * halfWidth - 6 * unitPx
  const share = room / (name.length * LETTER * NAME_UNITS * unitPx)
  return (
    <div
      className="node"
      style={at({ x: x - halfWidth, y: y - radius, w: halfWidth * 2, h: radius * 2 })}
      data-live={`next:${dev}`}
    >
      <span className="node-name" style={share < 1 ? { fontSize: NAME_UNITS * share * unitPx } : undefined}>
        {name}
      </span>
      <span className="node-word" data-live={`node:${dev}`} />
    </div>
  )
}
