/** Devices above the map, one row each: what it is, where it sends what it gets. */
import type { ReactElement } from 'react'
import type { DeviceRole, RunHeader } from '../../engine/log/index.ts'
import type { LaneLayout } from '../../stage/layout/parts.ts'
import { Inside } from './Inside.tsx'
import { at } from './place.ts'

const ROLE_WORDS: Readonly<Record<DeviceRole, string>> = {
  dm: 'multipath',
  head: 'namespace head',
  linear: 'linear: clones, remaps',
  partition: 'partition: remaps, no clone',
  path: 'disk',
}

export function Layers({
  header,
  layout,
}: {
  readonly header: RunHeader
  readonly layout: LaneLayout
}): ReactElement[] {
  return layout.layers.map(({ dev, box, label }) => {
    const device = header.devices[dev]
    const below = device?.below.map((under) => header.devices[under]?.name ?? '').join(', ')
    return (
      <section
        key={dev}
        className="layer-box"
        style={at(box)}
        aria-label={`${device?.name ?? ''} above the map`}
      >
        <Inside of={box}>
          <div className="box-head" style={at(label)}>
            <b>{device?.name}</b>
            <span className="path-cut" data-wide="true" data-live={`cut:${dev}`} />
            <span className="layer-words" title={`remaps to ${below}`}>
              {device === undefined ? '' : ROLE_WORDS[device.role]}
            </span>
          </div>
          <div
            className="layer-arrow"
            aria-hidden="true"
            style={{ left: box.x + 16 * layout.unitPx, top: box.y + box.h }}
          />
        </Inside>
      </section>
    )
  })
}
