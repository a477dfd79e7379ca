/** A path: its name and state, its band, what its device has, its tags. */
import type { ReactElement } from 'react'
import type { RunHeader } from '../../engine/log/index.ts'
import type { PathBox } from '../../stage/layout/parts.ts'
import { Band } from './Band.tsx'
import { Inside } from './Inside.tsx'
import { at } from './place.ts'

/** Narrower boxes, in units, have no room for the driver, or for why a path is idle. */
const HEAD_NOTE_FROM = 190
const IDLE_FROM = 100
/** A state in full. */
const STATE_FROM = 235
const CUT_WORDS_FROM = 240
/** A lower band has no room for what became of what failed; an arrow still says where it is. */
const FATE_FROM = 28

interface PathProps {
  readonly header: RunHeader
  readonly path: PathBox
  readonly unitPx: number
}

export function Path({ header, path, unitPx }: PathProps): ReactElement {
  const disk = header.devices[path.disk]
  const hasNote = path.box.w >= HEAD_NOTE_FROM * unitPx
  const narrow = path.box.w < STATE_FROM * unitPx
  const group = header.paths.find((candidate) => candidate.dev === path.dev)?.group
  const groups = Math.max(1, ...header.paths.map((candidate) => candidate.group))
  const name = path.chain.map((dev) => header.devices[dev]?.name ?? '').join(' on ')
  return (
    <section
      className={path.compact ? 'path-box compact' : 'path-box'}
      style={at(path.box)}
      aria-label={`path ${name}, Enter opens its queue`}
      role="group"
      tabIndex={0}
      data-queue={path.disk}
      data-live={`alive:${path.dev}`}
    >
      <Inside of={path.box}>
        <div className="box-head" style={at(path.head)}>
          <b>{name}</b>
          <span className="path-state" data-live={narrow ? `state:${path.dev}:short` : `state:${path.dev}`} />
          <span
            className="path-cut"
            data-wide={path.box.w >= CUT_WORDS_FROM * unitPx}
            data-live={`cut:${path.dev}`}
          />
          {!hasNote ? null : (
            <span className="head-note">
              {disk?.driver}
              {groups > 1 ? ` · group ${group}` : ''}
            </span>
          )}
        </div>
        <Band header={header} band={path.band} owner={String(path.dev)} selector="" unitPx={unitPx} />
        {path.compact || path.band.content.h < FATE_FROM * unitPx ? null : (
          <div className="fate" style={at(path.band.content)} data-live={`fate:${path.dev}`} />
        )}
        <div className="small-label" style={at(path.device.label)} data-live={`full:${path.dev}`}>
          {path.device.label.w > 0 ? (
            <>
              <span>device</span>
              <b data-live={`device:${path.dev}`} />
            </>
          ) : null}
        </div>
        {path.box.w < IDLE_FROM * unitPx ? null : (
          <div className="idle" style={at(path.device.content)} data-live={`idle:${path.dev}`} />
        )}
        <div className="small-label" style={at(path.tags.label)}>
          {path.tags.label.w > 0 ? <span>tags</span> : null}
        </div>
        {path.compact ? null : (
          <div className="small-count" style={at(path.tags.count)} data-live={`tags:${path.dev}`} />
        )}
      </Inside>
    </section>
  )
}
