/** A band: its ground, its step, sign and name, the kernel function it stands for, and its pocket. */
import type { ReactElement } from 'react'
import type { RunHeader } from '../../engine/log/index.ts'
import type { BandBox } from '../../stage/layout/parts.ts'
import { hasSecondLine } from '../../stage/targets/areas.ts'
import { BAND_NAMES, bandName, FUNCTIONS, pathBandName, STEP } from './band-names.ts'
import { BandIcon } from './BandIcon.tsx'
import { at } from './place.ts'

/** A pocket narrower than this, in units, has its list's name in short. */
const POCKET_NAMES_FROM = 125

/** A band of a path narrower than this, in units, has no sign beside its name. */
const SIGN_FROM = 135

/** Heights of a label, in units, from which it has a second and a third line. */
const NOTE_FROM = 34
const FUNCTION_FROM = 52

interface BandProps {
  readonly header: RunHeader
  readonly band: BandBox
  /** `dm` or a device index, the suffix of live labels. */
  readonly owner: string
  readonly selector: string
  readonly unitPx: number
}

export function Band({ header, band, owner, selector, unitPx }: BandProps): ReactElement {
  const { kind } = band
  const step = STEP[header.mode][kind]
  const above = band.label.w > band.box.w / 2
  // What would be cut off is left out: the function first, then the note.
  const hasNote = above || band.label.h >= NOTE_FROM * unitPx
  const hasFunction = !above && band.label.h >= FUNCTION_FROM * unitPx
  const worded = band.label.h > 0
  const narrow = band.pocket.w < POCKET_NAMES_FROM * unitPx
  const inPath = owner !== 'dm' && (kind === 'merge' || kind === 'bypass')
  const name = inPath ? pathBandName(kind, band.box.w / unitPx) : bandName(kind, header.mode)
  // A step, a name and a count leave a narrow box no room for the sign.
  const signed = kind !== 'merge' || !inPath || name === '' || band.box.w >= SIGN_FROM * unitPx
  return (
    <>
      <div
        className="band"
        data-kind={kind}
        style={at(band.box)}
        title={owner === 'dm' ? bandName(kind, header.mode) : BAND_NAMES[kind]}
      />
      {worded ? (
        <div
          className={above ? 'band-label above' : 'band-label'}
          data-low={!hasNote}
          data-kind={kind}
          style={at(band.label)}
        >
          <span className="band-name">
            {step === undefined ? null : <span className="band-step">{step}</span>}
            {signed ? <BandIcon kind={kind} /> : null}
            <span>{name}</span>
          </span>
          {!hasFunction ? null : <code>{FUNCTIONS[header.mode][kind]}</code>}
          {hasNote && kind === 'choose' ? <span className="band-note selector">{selector}</span> : null}
          {hasNote && kind === 'merge' ? <span className="band-note" data-live={`merge:${owner}`} /> : null}
          {hasNote && kind === 'split' ? <span className="band-note" data-live="split:dm" /> : null}
        </div>
      ) : null}
      <div
        className="pocket"
        style={at(band.pocket)}
        data-live={kind === 'choose' ? '' : `pocket:${owner}:used`}
      >
        {kind === 'choose' ? null : (
          <span>
            <span data-live={narrow ? `pocket:${owner}:short` : `pocket:${owner}`} />
            {hasSecondLine(band.pocket, unitPx) ? <span data-live={`until:${owner}`} /> : null}
          </span>
        )}
      </div>
    </>
  )
}
