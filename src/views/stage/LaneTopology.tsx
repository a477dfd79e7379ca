/**
 * What stays in a lane: boxes, names, links. DOM laid out by the same geometry that the canvas draws into. Words that
 * follow time carry `data-live`; LaneView writes into them.
 */
import type { ReactElement } from 'react'
import type { RunHeader } from '../../engine/log/index.ts'
import type { LaneLayout } from '../../stage/layout/parts.ts'
import { DmBox } from './DmBox.tsx'
import { Layers } from './Layers.tsx'
import { Links } from './Links.tsx'
import { Path } from './Path.tsx'
import { at } from './place.ts'

export interface TopologyProps {
  readonly header: RunHeader
  readonly layout: LaneLayout
  /** Kernel function or file that a band stands for; shown in mono. */
  readonly appName: string
}

export function LaneTopology({ header, layout, appName }: TopologyProps): ReactElement {
  return (
    <>
      <Links layout={layout} header={header} />
      <div className="row-label" style={at(layout.app.label)}>
        <span>{layout.app.label.w > 100 * layout.unitPx ? `application ${appName}` : appName}</span>
      </div>
      <div className="row-count" style={at(layout.app.count)} data-live="app" />
      <Layers header={header} layout={layout} />
      {layout.map === undefined ? null : <DmBox header={header} layout={layout} />}
      {layout.paths.map((path) => (
        <Path key={path.dev} header={header} path={path} unitPx={layout.unitPx} />
      ))}
      <div className="row-label" style={at(layout.lun.label)}>
        <span>{layout.lun.label.w > 50 * layout.unitPx ? 'LUN addresses' : 'LUN'}</span>
      </div>
      <div
        className="kept"
        style={at(layout.kept)}
        data-live="kept:light"
        title="Conservation, from the record: every bio that came in has gone out or is in flight."
      >
        <span data-live="kept:in" />
        <span data-live="kept:out" />
      </div>
    </>
  )
}
