/** What a lane runs: mode, kernel, selector, schedulers, limits, seed, branch. Every change starts the lane anew. */
import { useState, type ReactElement } from 'react'
import { useStore } from 'zustand'
import { QUEUE_MODES, type QueueMode } from '../../engine/log/index.ts'
import type { BranchId } from '../../store/branches.ts'
import { MAX_LANES } from '../../store/scenario-store.ts'
import type { Session } from '../../store/session.ts'
import type { LaneSetup } from '../../store/state.ts'
import type { Desk, Spot } from '../acting/desk.ts'
import { Popup } from '../acting/Popup.tsx'
import { laneLetter } from '../dock/panel.ts'
import { withAttribute, withChanges } from './changed.ts'
import { ERAS, SCHEDULERS, SELECTORS } from './eras.ts'
import { NumberField, Row, Select } from './fields.tsx'
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

const MODES: Readonly<Record<QueueMode, readonly [name: string, about: string]>> = {
  bio: ['bio-based', 'path first, merge below'],
  rq: ['request-based', 'merge first, path below'],
  native: ['native NVMe', 'the driver chooses; no device-mapper'],
  single: ['one device', 'no multipath: the first path alone'],
}

export default function LanePanel(props: LanePanelProps): ReactElement | null {
  const { session, desk, spot, only, onOnly } = props
  const { lanes, status, setLanes, addLane, removeLane } = useStore(session.scenario)
  const at = Math.min(props.lane, lanes.length - 1)
  const lane = lanes[at]
  if (lane === undefined) return null
  const close = (): void => desk.open(undefined)
  const goTo = (to: number): void => desk.open({ open: 'lane', lane: to, spot })
  const state = status[at]
  const swap = (): void => {
    const other = (at + 1) % lanes.length
    const swapped = [...lanes]
    swapped[at] = lanes[other]!
    swapped[other] = lane
    setLanes(swapped)
    goTo(other)
  }
  return (
    <Popup spot={spot} role="dialog" label="lanes" className="panel-popup lane-panel" onClose={close}>
      <header>
        <div className="lane-tabs" role="group" aria-label="which lane">
          {lanes.map((one, i) => (
            <button key={i} type="button" aria-pressed={i === at} onClick={() => goTo(i)}>
              <b>{laneLetter(i)}</b> {one.mode} {one.kernel}
            </button>
          ))}
          <button
            type="button"
            disabled={lanes.length >= MAX_LANES}
            title={lanes.length >= MAX_LANES ? 'three lanes at most' : 'another lane, first like this one'}
            onClick={() => {
              addLane(lane)
              goTo(lanes.length)
            }}
          >
            + add a lane
          </button>
        </div>
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
          disabled={lanes.length === 1}
          onClick={() => onOnly(only === at ? undefined : at)}
        >
          {only === at ? 'show all' : 'show alone'} <kbd>{only === at ? 3 : at + 1}</kbd>
        </button>
        <button type="button" className="small-button" disabled={lanes.length === 1} onClick={swap}>
          swap with {laneLetter((at + 1) % lanes.length)}
        </button>
        <button
          type="button"
          className="small-button"
          disabled={lanes.length === 1}
          onClick={() => {
            if (only === at) onOnly(undefined)
            removeLane(at)
            goTo(Math.max(0, at - 1))
          }}
        >
          remove
        </button>
      </footer>
    </Popup>
  )
}

interface FieldsProps {
  readonly session: Session
  readonly at: number
  readonly lane: LaneSetup
}

const QUEUES = ['fail', 'queue']
const AS_WRITTEN = ['', 'as written'] as const

function LaneFields({ session, at, lane }: FieldsProps): ReactElement {
  const [branches] = useState(() => session.branches)
  const tree = useStore(branches)
  const { changes, mode, kernel, pin } = lane
  const set = (next: LaneSetup): void => {
    const { lanes, setLanes } = session.scenario.getState()
    setLanes(lanes.map((one, i) => (i === at ? next : one)))
  }
  const queue =
    (name: 'path_queue' | 'dm_queue', attribute: string) => (value: number | string | undefined) =>
      set(withAttribute(lane, name, attribute, value === '' ? undefined : value))
  const header = session.getRecord(at)?.header
  const disk = header?.devices.find(({ role }) => role === 'path')
  const top = header?.devices.find(({ role }) => role === 'dm')
  const schedulers = [AS_WRITTEN, ...SCHEDULERS.map((name) => [name, name] as const)]
  const isMap = mode === 'bio' || mode === 'rq'
  return (
    <div className="lane-fields">
      <fieldset>
        <legend>mode</legend>
        {QUEUE_MODES.map((one) => (
          <label key={one}>
            <input
              type="radio"
              name={`mode-${at}`}
              checked={one === mode}
              onChange={() => set({ ...lane, mode: one })}
            />
            <b>{MODES[one][0]}</b> <small>{MODES[one][1]}</small>
          </label>
        ))}
      </fieldset>
      <Row label="kernel" about={ERAS.find(([name]) => name === kernel)?.[1] ?? ''}>
        <Select
          label="kernel"
          value={kernel}
          options={ERAS.map(([name, about]) => [name, `Linux ${name}: ${about}`] as const)}
          onChange={(name) => set({ ...lane, kernel: name })}
        />
      </Row>
      <Row label="path selector" about={SELECTORS.find(([name]) => name === changes?.selector)?.[1] ?? ''}>
        <Select
          label="path selector"
          value={changes?.selector ?? ''}
          options={[
            [AS_WRITTEN[0], `as written${header === undefined ? '' : ` (${header.selectors.join(', ')})`}`],
            ...SELECTORS.map(([name, about]) => [name, `${name}: ${about}`] as const),
          ]}
          onChange={(name) => set(withChanges(lane, { selector: name === '' ? undefined : name }))}
          disabled={!isMap}
        />
      </Row>
      <Row label="without a path">
        <Select
          label="without a path"
          value={changes?.queue_if_no_path === undefined ? '' : QUEUES[Number(changes.queue_if_no_path)]!}
          options={[AS_WRITTEN, ['queue', 'queue_if_no_path: wait'], ['fail', 'fail what comes']]}
          onChange={(word) =>
            set(withChanges(lane, { queue_if_no_path: word === '' ? undefined : word === 'queue' }))
          }
          disabled={!isMap}
        />
      </Row>
      <Row label="paths">
        <NumberField
          label="number of paths"
          value={changes?.paths}
          written={header?.paths.length}
          min={1}
          max={16}
          onValue={(paths) => set(withChanges(lane, { paths }))}
        />
      </Row>
      <Row label="scheduler of the paths">
        <Select
          label="scheduler of the paths"
          value={String(changes?.path_queue?.['scheduler'] ?? '')}
          options={schedulers}
          onChange={queue('path_queue', 'scheduler')}
        />
      </Row>
      <Row label="scheduler of the map">
        <Select
          label="scheduler of the map"
          value={String(changes?.dm_queue?.['scheduler'] ?? '')}
          options={schedulers}
          onChange={queue('dm_queue', 'scheduler')}
          disabled={mode !== 'rq'}
        />
      </Row>
      <Row label="max_sectors_kb of the paths">
        <NumberField
          label="max_sectors_kb of the paths"
          value={asNumber(changes?.path_queue?.['max_sectors_kb'])}
          written={asNumber(disk?.limits['max_sectors_kb'])}
          min={4}
          max={1_048_576}
          onValue={queue('path_queue', 'max_sectors_kb')}
        />
      </Row>
      <Row label="nr_requests of the map">
        <NumberField
          label="nr_requests of the map"
          value={asNumber(changes?.dm_queue?.['nr_requests'])}
          written={top?.nrRequests === 0 ? undefined : top?.nrRequests}
          min={4}
          max={65_536}
          onValue={queue('dm_queue', 'nr_requests')}
          disabled={mode !== 'rq'}
        />
      </Row>
      <Row label="queue_depth of the disks">
        <NumberField
          label="queue_depth of the disks"
          value={changes?.queue_depth}
          written={disk?.queueDepth}
          min={1}
          max={4096}
          onValue={(depth) => set(withChanges(lane, { queue_depth: depth }))}
        />
      </Row>
      <Row label="seed of chance">
        <NumberField
          label="seed of chance"
          value={lane.seed}
          written={lane.seed}
          min={0}
          max={4_294_967_295}
          onValue={(seed) => set({ ...lane, seed: seed ?? 1 })}
        />
      </Row>
      <Row label="branch">
        <Select
          label="branch"
          value={pin === undefined ? '' : String(pin)}
          options={[
            ['', 'the current one'],
            ...tree.branches.map(({ id, label }) => [String(id), label.split('\n')[0]!] as const),
          ]}
          onChange={(id) => set(pinnedTo(lane, id === '' ? undefined : (Number(id) as BranchId)))}
        />
      </Row>
    </div>
  )
}

function pinnedTo(lane: LaneSetup, pin: BranchId | undefined): LaneSetup {
  const { pin: _, ...rest } = lane
  return pin === undefined ? rest : { ...rest, pin }
}

function asNumber(value: number | string | undefined): number | undefined {
  return value === undefined ? undefined : Number(value)
}
