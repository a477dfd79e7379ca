/** The head of the page: what is shown, with which lanes, in which theme. */
import type { ReactElement, ReactNode } from 'react'
import type { LaneSetup, Theme } from '../../store/state.ts'
import { type Spot, spotOf } from '../acting/desk.ts'
import type { KeyAction } from '../keys.ts'
import { ScenarioMenu, type ScenarioChoice } from './ScenarioMenu.tsx'

export interface HeaderProps {
  readonly title: string
  readonly scenarios: readonly ScenarioChoice[]
  readonly scenario: string | undefined
  readonly menuOpen: boolean
  readonly onMenu: (open: boolean) => void
  readonly onScenario: (name: string) => void
  readonly lanes: readonly LaneSetup[]
  /** Lane that is shown alone, undefined = all. */
  readonly only: number | undefined
  /** Opens what a lane runs, beside its chip. */
  readonly onLane: (lane: number, spot: Spot) => void
  readonly theme: Theme
  readonly onTheme: () => void
  readonly onHelp: () => void
  readonly onAct: (action: KeyAction) => void
  /** The tree of what was done, where something was. */
  readonly branches: ReactNode
}

const MODE_NAMES = { bio: 'bio', rq: 'rq', native: 'native', single: 'single' } as const

export function Header(props: HeaderProps): ReactElement {
  const { lanes, only, theme, onTheme, onHelp } = props
  return (
    <header className="header">
      <h1>bioscope</h1>
      <ScenarioMenu
        title={props.title}
        scenarios={props.scenarios}
        current={props.scenario}
        open={props.menuOpen}
        onOpen={props.onMenu}
        onChoose={props.onScenario}
      />
      <button
        type="button"
        className="small-button"
        onClick={() => props.onAct('editor')}
        title="edit the scenario (e)"
      >
        Edit
      </button>
      <div className="lane-chips" role="group" aria-label="lanes">
        {lanes.map((lane, i) => (
          <LaneChip
            key={i}
            lane={lane}
            index={i}
            shown={only === undefined || only === i}
            onLane={props.onLane}
          />
        ))}
      </div>
      {props.branches}
      <div className="header-end">
        <button type="button" className="small-button" onClick={onHelp} aria-describedby="simulated-note">
          <span className="dot" aria-hidden="true" /> simulated
          <span className="simplified">
            {' · '}
            <u>what is simplified</u>
          </span>
        </button>
        <span id="simulated-note" className="visually-hidden">
          Every figure on this page is computed by a model.
        </span>
        <button
          type="button"
          className="small-button"
          onClick={() => props.onAct('palette')}
          title="do or find anything (Ctrl K)"
        >
          Find <kbd>Ctrl K</kbd>
        </button>
        <button type="button" className="small-button theme-button" onClick={onTheme} title="theme (t)">
          theme: {theme}
        </button>
        <button
          type="button"
          className="small-button"
          onClick={() => props.onAct('settings')}
          title="settings (,)"
          aria-label="settings"
        >
          ⚙
        </button>
        <button
          type="button"
          className="small-button"
          onClick={onHelp}
          title="help and keys (?)"
          aria-label="help"
        >
          ?
        </button>
      </div>
    </header>
  )
}

interface LaneChipProps {
  readonly lane: LaneSetup
  readonly index: number
  /** Not hidden by another that is shown alone. */
  readonly shown: boolean
  readonly onLane: HeaderProps['onLane']
}

function LaneChip({ lane, index, shown, onLane }: LaneChipProps): ReactElement {
  const letter = String.fromCharCode(65 + index)
  return (
    <>
      {index > 0 ? <span className="vs">vs</span> : null}
      <button
        type="button"
        aria-haspopup="dialog"
        data-shown={shown}
        title={`change lane ${letter}, add or compare lanes (a)`}
        onClick={(event) => onLane(index, spotOf(event.currentTarget))}
      >
        <b>{letter}</b> {MODE_NAMES[lane.mode]} · <span className="chip-linux">Linux </span>
        {lane.kernel}
        {lane.changes === undefined && lane.pin === undefined ? null : (
          <abbr title="changed against the scenario">*</abbr>
        )}
      </button>
    </>
  )
}
