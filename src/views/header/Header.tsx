/** The head of the page: what is shown, with which lanes, in which theme. */
import type { ReactElement } from 'react'
import type { LaneSetup, Theme } from '../../store/state.ts'
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
  readonly onOnly: (lane: number | undefined) => void
  readonly theme: Theme
  readonly onTheme: () => void
  readonly onHelp: () => void
  readonly onAct: (action: KeyAction) => void
}

const MODE_NAMES = { bio: 'bio', rq: 'rq', native: 'native', single: 'single' } as const

export function Header(props: HeaderProps): ReactElement {
  const { lanes, only, onOnly, theme, onTheme, onHelp } = props
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
            pressed={only === undefined || only === i}
            only={only}
            onOnly={onOnly}
          />
        ))}
      </div>
      <div className="header-end">
        <button type="button" className="small-button" onClick={onHelp} aria-describedby="simulated-note">
          <span className="dot" aria-hidden="true" /> simulated · <u>what is simplified</u>
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
        <button type="button" className="small-button" onClick={onTheme} title="theme (t)">
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
  readonly pressed: boolean
  readonly only: number | undefined
  readonly onOnly: (lane: number | undefined) => void
}

/** Shows its lane alone, or all lanes again. */
function LaneChip({ lane, index, pressed, only, onOnly }: LaneChipProps): ReactElement {
  const letter = String.fromCharCode(65 + index)
  return (
    <>
      {index > 0 ? <span className="vs">vs</span> : null}
      <button
        type="button"
        aria-pressed={pressed}
        title={only === index ? 'show all lanes (3)' : `show lane ${letter} alone (${index + 1})`}
        onClick={() => onOnly(only === index ? undefined : index)}
      >
        <b>{letter}</b> {MODE_NAMES[lane.mode]} · Linux {lane.kernel}
      </button>
    </>
  )
}
