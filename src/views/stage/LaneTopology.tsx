/**
 * What stays in a lane: boxes, names, links. DOM laid out by the same geometry that the canvas draws into. Words that
 * follow time carry `data-live`; LaneView writes into them.
 */
import type { CSSProperties, ReactElement } from 'react'
import type { RunHeader } from '../../engine/log/index.ts'
import type { BandBox, BandKind, LaneLayout, PathBox } from '../../stage/layout/parts.ts'
import type { Rect } from '../../stage/rect.ts'
import { BandIcon } from './BandIcon.tsx'

export interface TopologyProps {
  readonly header: RunHeader
  readonly layout: LaneLayout
  /** Kernel function or file that a band stands for; shown in mono. */
  readonly appName: string
}

export function at(r: Rect): CSSProperties {
  return { left: r.x, top: r.y, width: r.w, height: r.h }
}

export const BAND_NAMES: Readonly<Record<BandKind, string>> = {
  split: 'Split and clone',
  merge: 'Plug, merge, schedule',
  choose: 'Choose path',
  bypass: 'Cloned request: scheduler bypassed',
}

/** In a narrow path box. */
const SHORT_NAMES: Readonly<Record<BandKind, string>> = {
  ...BAND_NAMES,
  merge: 'Plug, merge',
  bypass: 'Scheduler bypassed',
}
const SHORT_BELOW_UNITS = 225

/** Which of the two steps that trade places comes first. */
const STEP: Readonly<Record<'bio' | 'rq', Readonly<Partial<Record<BandKind, number>>>>> = {
  bio: { choose: 1, merge: 2 },
  rq: { merge: 1, choose: 2 },
}

const FUNCTIONS: Readonly<Record<'bio' | 'rq', Readonly<Record<BandKind, string>>>> = {
  bio: { split: 'dm_split_and_process_bio', merge: 'blk_mq_submit_bio', choose: '__map_bio', bypass: '' },
  rq: {
    split: '',
    merge: 'blk_mq_submit_bio',
    choose: 'multipath_clone_and_map',
    bypass: 'blk_insert_cloned_request',
  },
}

export function LaneTopology({ header, layout, appName }: TopologyProps): ReactElement {
  return (
    <>
      <Links layout={layout} header={header} />
      <div className="row-label" style={at(layout.app.label)}>
        <span>{layout.app.label.w > 100 * layout.unitPx ? `application ${appName}` : appName}</span>
      </div>
      <div className="row-count" style={at(layout.app.count)} data-live="app" />
      <DmBox header={header} layout={layout} />
      {layout.paths.map((path) => (
        <Path key={path.dev} header={header} path={path} unitPx={layout.unitPx} />
      ))}
      <div className="row-label" style={at(layout.lun.label)}>
        <span>{layout.lun.label.w > 50 * layout.unitPx ? 'LUN addresses' : 'LUN'}</span>
      </div>
    </>
  )
}

function Links({
  header,
  layout,
}: {
  readonly header: RunHeader
  readonly layout: LaneLayout
}): ReactElement {
  return (
    <svg className="links" width={layout.widthPx} height={layout.heightPx} aria-hidden="true">
      {layout.links.map(({ dev, from, to }) => {
        const middle = (layout.dm.box.y + layout.dm.box.h + to.y) / 2
        return (
          <g key={dev} className="link" data-dev={header.devices[dev]?.name} data-live={`alive:${dev}`}>
            <path d={`M${from.x} ${from.y}V${middle}H${to.x}V${to.y}`} />
            <g className="cut" transform={`translate(${to.x} ${middle}) scale(${layout.unitPx})`}>
              <rect x="-7" y="-6" width="14" height="12" />
              <path d="M-7 -6L0 -1L-5 2L6 7" />
            </g>
          </g>
        )
      })}
    </svg>
  )
}

function DmBox({
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
          <span className="head-note" data-live="dm" />
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
          <div
            key={node.dev}
            className="node"
            style={at({
              x: node.x - node.halfWidth,
              y: node.y - node.radius,
              w: node.halfWidth * 2,
              h: node.radius * 2,
            })}
            data-live={`next:${node.dev}`}
          >
            <span className="node-name">{header.devices[node.dev]?.name}</span>
            <span className="node-word" data-live={`node:${node.dev}`} />
          </div>
        ))}
      </Inside>
    </section>
  )
}

/** Children are placed in the lane's own coordinates, wherever their parent is. */
function Inside({ of, children }: { readonly of: Rect; readonly children: React.ReactNode }): ReactElement {
  return (
    <div className="inside" style={{ left: -of.x, top: -of.y }}>
      {children}
    </div>
  )
}

interface BandProps {
  readonly header: RunHeader
  readonly band: BandBox
  /** `dm` or a device index, the suffix of live labels. */
  readonly owner: string
  readonly selector: string
  readonly unitPx: number
}

function Band({ header, band, owner, selector, unitPx }: BandProps): ReactElement {
  const { kind } = band
  const step = STEP[header.mode][kind]
  const above = band.label.h < band.box.h / 2
  return (
    <>
      <div className="band" data-kind={kind} style={at(band.box)} />
      <div className={above ? 'band-label above' : 'band-label'} data-kind={kind} style={at(band.label)}>
        <span className="band-name">
          {step === undefined ? null : <span className="band-step">{step}</span>}
          <BandIcon kind={kind} />
          <span>
            {above && band.box.w < SHORT_BELOW_UNITS * unitPx ? SHORT_NAMES[kind] : BAND_NAMES[kind]}
          </span>
        </span>
        {above ? null : <code>{FUNCTIONS[header.mode][kind]}</code>}
        {kind === 'choose' ? <span className="band-note selector">{selector}</span> : null}
        {kind === 'merge' ? <span className="band-note" data-live={`merge:${owner}`} /> : null}
        {kind === 'split' ? <span className="band-note" data-live="split:dm" /> : null}
      </div>
      <div
        className="pocket"
        style={at(band.pocket)}
        data-live={kind === 'choose' ? '' : `pocket:${owner}:used`}
      >
        <span data-live={kind === 'choose' ? '' : `pocket:${owner}`} />
      </div>
    </>
  )
}

interface PathProps {
  readonly header: RunHeader
  readonly path: PathBox
  readonly unitPx: number
}

function Path({ header, path, unitPx }: PathProps): ReactElement {
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
