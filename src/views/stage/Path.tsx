/** A path: its name and state, its band, what its device has, its tags. */
import type { ReactElement } from 'react'
import type { RunHeader } from '../../engine/log/index.ts'
import type { PathBox } from '../../stage/layout/parts.ts'
import { Band } from './Band.tsx'
import { Inside } from './Inside.tsx'
import { at } from './place.ts'

interface PathProps {
  readonly header: RunHeader
  readonly path: PathBox
  readonly unitPx: number
}

export function Path({ header, path, unitPx }: PathProps): ReactElement {
  const device = header.devices[path.dev]
  const group = header.paths.find((candidate) => candidate.dev === path.dev)?.group
  const groups = Math.max(...header.paths.map((candidate) => candidate.group))
  const name = device?.name ?? ''
  return (
    <section
      className="path-box"
      style={at(path.box)}
      aria-label={`path ${name}`}
      data-live={`alive:${path.dev}`}
    >
      <Inside of={path.box}>
        <div className="box-head" style={at(path.head)}>
          <b>{name}</b>
          <span className="path-state" data-live={`state:${path.dev}`} />
          <span className="head-note">
            {device?.driver}
            {groups > 1 ? ` · group ${group}` : ''}
          </span>
        </div>
        <Band header={header} band={path.band} owner={String(path.dev)} selector="" unitPx={unitPx} />
        <div className="small-label" style={at(path.device.label)} data-live={`full:${path.dev}`}>
          {path.device.label.w > 0 ? (
            <>
              <span>device</span>
              <b data-live={`device:${path.dev}`} />
            </>
          ) : null}
        </div>
        <div className="small-label" style={at(path.tags.label)}>
          {path.tags.label.w > 0 ? <span>tags</span> : null}
        </div>
        <div className="small-count" style={at(path.tags.count)} data-live={`tags:${path.dev}`} />
      </Inside>
    </section>
  )
}
