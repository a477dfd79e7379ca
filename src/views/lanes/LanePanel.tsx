/** The panel of the lanes: which there are, what one of them runs (LaneFields.tsx). Every change starts a lane anew. */
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import { MAX_LANES } from '../../store/scenario-store.ts'
import type { Session } from '../../store/session.ts'
import type { Desk, Spot } from '../acting/desk.ts'
import { Popup } from '../acting/Popup.tsx'
import { laneLetter } from '../dock/panel.ts'
import { Select } from './fields.tsx'
import { LaneFields } from './LaneFields.tsx'
import { LANE_PRESETS } from './presets.ts'
import './lanes.css'

export interface LanePanelProps {
  readonly session: Session
  readonly desk: Desk
  readonly lane: number
  readonly spot: Spot
  /** Lane that is shown alone, undefined = all. */
  readonly only: number | undefined
  readonly onOnly: (lane: number | undefined) => void
}

/** The panel's lane among all, and the way to another one. */
interface LaneOfPanel {
  readonly session: Session
  readonly at: number
  readonly goTo: (lane: number) => void
}

export default function LanePanel(props: LanePanelProps): ReactElement | null {
  const { session, desk, spot, only, onOnly } = props
  const { lanes, status } = useStore(session.scenario)
  const at = Math.min(props.lane, lanes.length - 1)
  const lane = lanes[at]
  if (lane === undefined) return null
  const close = (): void => desk.open(undefined)
  const goTo = (to: number): void => desk.open({ open: 'lane', lane: to, spot })
  const state = status[at]
  return (
    <Popup spot={spot} role="dialog" label="lanes" className="panel-popup lane-panel" onClose={close}>
      <header>
        <LaneTabs session={session} at={at} goTo={goTo} />
        <button type="button" className="small-button" aria-label="Close" onClick={close}>
          ✕
        </button>
      </header>
      {state?.kind === 'problem' ? (
        <p className="lane-fault" role="alert">
          {state.problem.kind === 'broken'
            ? state.problem.what
            : `${state.problem.where}: ${state.problem.what}; ${state.problem.remedy}.`}
        </p>
      ) : null}
      <LaneFields session={session} at={at} lane={lane} />
      <LaneFoot session={session} at={at} goTo={goTo} only={only} onOnly={onOnly} />
    </Popup>
  )
}

function LaneTabs({ session, at, goTo }: LaneOfPanel): ReactElement {
  const { lanes, addLane } = useStore(session.scenario)
  const isFull = lanes.length >= MAX_LANES
  return (
    <div className="lane-tabs" role="group" aria-label="which lane">
      {lanes.map((one, i) => (
        <button key={i} type="button" aria-pressed={i === at} onClick={() => goTo(i)}>
          <b>{laneLetter(i)}</b> {one.mode} {one.kernel}
        </button>
      ))}
      <button
        type="button"
        disabled={isFull}
        title={isFull ? 'three lanes at most' : 'another lane, first like this one'}
        onClick={() => {
          addLane(lanes[at]!)
          goTo(lanes.length)
        }}
      >
        + add a lane
      </button>
    </div>
  )
}

/** What can be done with lanes as a whole: compare, show alone, swap, remove. */
function LaneFoot(props: LaneOfPanel & Pick<LanePanelProps, 'only' | 'onOnly'>): ReactElement {
  const { session, at, goTo, only, onOnly } = props
  const { lanes, setLanes, removeLane } = useStore(session.scenario)
  const isSingle = lanes.length === 1
  const other = (at + 1) % lanes.length
  const swap = (): void => {
    const swapped = [...lanes]
    swapped[at] = lanes[other]!
    swapped[other] = lanes[at]!
    setLanes(swapped)
    goTo(other)
  }
  const remove = (): void => {
    if (only === at) onOnly(undefined)
    removeLane(at)
    goTo(Math.max(0, at - 1))
  }
  return (
    <footer>
      <Select
        label="compare"
        value=""
        options={[['', 'compare …'], ...LANE_PRESETS.map(({ name }) => [name, name] as const)]}
        onChange={(name) => {
          const preset = LANE_PRESETS.find((one) => one.name === name)
          if (preset !== undefined) setLanes(preset.lanes(lanes[0]!))
        }}
      />
      <button
        type="button"
        className="small-button"
        aria-pressed={only === at}
        disabled={isSingle}
        onClick={() => onOnly(only === at ? undefined : at)}
      >
        {only === at ? 'show all' : 'show alone'} <kbd>{only === at ? 3 : at + 1}</kbd>
      </button>
      <button type="button" className="small-button" disabled={isSingle} onClick={swap}>
        swap with {laneLetter(other)}
      </button>
      <button type="button" className="small-button" disabled={isSingle} onClick={remove}>
        remove
      </button>
    </footer>
  )
}
