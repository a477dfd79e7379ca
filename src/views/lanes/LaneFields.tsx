/** The fields of a lane: what it runs. What is left empty is as the scenario has it. */
import { useState, type ReactElement } from 'react'
import { useStore } from 'zustand'
import { QUEUE_MODES, type QueueMode, type RunHeader } from '../../engine/log/index.ts'
import type { BranchId } from '../../store/branches.ts'
import type { Session } from '../../store/session.ts'
import type { LaneSetup } from '../../store/state.ts'
import { pinnedTo, withAttribute, withChanges } from './changed.ts'
import { ERAS, SCHEDULERS, SELECTORS } from './eras.ts'
import { NumberRow, SelectRow } from './fields.tsx'

interface LaneFieldsProps {
  readonly session: Session
  readonly at: number
  readonly lane: LaneSetup
}

/** A lane that is edited; `header` is of its run, once there is one. */
interface Edited {
  readonly at: number
  readonly lane: LaneSetup
  readonly header: RunHeader | undefined
  readonly set: (next: LaneSetup) => void
}

const MODES: Readonly<Record<QueueMode, readonly [name: string, about: string]>> = {
  bio: ['bio-based', 'path first, merge below'],
  rq: ['request-based', 'merge first, path below'],
  native: ['native NVMe', 'the driver chooses; no device-mapper'],
  single: ['one device', 'no multipath: the first path alone'],
}

const QUEUES = ['fail', 'queue']
const AS_WRITTEN = ['', 'as written'] as const

export function LaneFields({ session, at, lane }: LaneFieldsProps): ReactElement {
  const set = (next: LaneSetup): void => {
    const { lanes, setLanes } = session.scenario.getState()
    setLanes(lanes.map((one, i) => (i === at ? next : one)))
  }
  const edited = { at, lane, set, header: session.getRecord(at)?.header }
  return (
    <div className="lane-fields">
      <ModeField {...edited} />
      <KernelField {...edited} />
      <MapFields {...edited} />
      <SchedulerFields {...edited} />
      <LimitFields {...edited} />
      <SeedField {...edited} />
      <BranchField {...edited} session={session} />
    </div>
  )
}

function ModeField({ at, lane, set }: Edited): ReactElement {
  return (
    <fieldset>
      <legend>mode</legend>
      {QUEUE_MODES.map((mode) => (
        <label key={mode}>
          <input
            type="radio"
            name={`mode-${at}`}
            checked={mode === lane.mode}
            onChange={() => set({ ...lane, mode })}
          />
          <b>{MODES[mode][0]}</b> <small>{MODES[mode][1]}</small>
        </label>
      ))}
    </fieldset>
  )
}

function KernelField({ lane, set }: Edited): ReactElement {
  return (
    <SelectRow
      label="kernel"
      about={aboutOf(ERAS, lane.kernel)}
      value={lane.kernel}
      options={ERAS.map(([name, about]) => [name, `Linux ${name}: ${about}`] as const)}
      onChange={(kernel) => set({ ...lane, kernel })}
    />
  )
}

/** What the map does: its selector, what becomes of I/O without a path, how many paths there are. */
function MapFields({ lane, header, set }: Edited): ReactElement {
  const { changes, mode } = lane
  const isMap = mode === 'bio' || mode === 'rq'
  const queues = changes?.queue_if_no_path
  return (
    <>
      <SelectRow
        label="path selector"
        about={aboutOf(SELECTORS, changes?.selector)}
        value={changes?.selector ?? ''}
        options={[
          [AS_WRITTEN[0], `as written${header === undefined ? '' : ` (${header.selectors.join(', ')})`}`],
          ...SELECTORS.map(([name, about]) => [name, `${name}: ${about}`] as const),
        ]}
        onChange={(name) => set(withChanges(lane, { selector: name === '' ? undefined : name }))}
        disabled={!isMap}
      />
      <SelectRow
        label="without a path"
        value={queues === undefined ? '' : QUEUES[Number(queues)]!}
        options={[AS_WRITTEN, ['queue', 'queue_if_no_path: wait'], ['fail', 'fail what comes']]}
        onChange={(word) =>
          set(withChanges(lane, { queue_if_no_path: word === '' ? undefined : word === 'queue' }))
        }
        disabled={!isMap}
      />
      <NumberRow
        label="paths"
        name="number of paths"
        value={changes?.paths}
        written={header?.paths.length}
        min={1}
        max={16}
        onValue={(paths) => set(withChanges(lane, { paths }))}
      />
    </>
  )
}

function SchedulerFields({ lane, set }: Edited): ReactElement {
  const { changes, mode } = lane
  const options = [AS_WRITTEN, ...SCHEDULERS.map((name) => [name, name] as const)]
  const to = (queue: 'path_queue' | 'dm_queue') => (name: string) =>
    set(withAttribute(lane, queue, 'scheduler', name === '' ? undefined : name))
  return (
    <>
      <SelectRow
        label="scheduler of the paths"
        value={String(changes?.path_queue?.['scheduler'] ?? '')}
        options={options}
        onChange={to('path_queue')}
      />
      <SelectRow
        label="scheduler of the map"
        value={String(changes?.dm_queue?.['scheduler'] ?? '')}
        options={options}
        onChange={to('dm_queue')}
        disabled={mode !== 'rq'}
      />
    </>
  )
}

function LimitFields({ lane, header, set }: Edited): ReactElement {
  const { changes, mode } = lane
  const disk = header?.devices.find(({ role }) => role === 'path')
  const map = header?.devices.find(({ role }) => role === 'dm')
  return (
    <>
      <NumberRow
        label="max_sectors_kb of the paths"
        value={asNumber(changes?.path_queue?.['max_sectors_kb'])}
        written={asNumber(disk?.limits['max_sectors_kb'])}
        min={4}
        max={1_048_576}
        onValue={(kb) => set(withAttribute(lane, 'path_queue', 'max_sectors_kb', kb))}
      />
      <NumberRow
        label="nr_requests of the map"
        value={asNumber(changes?.dm_queue?.['nr_requests'])}
        written={map?.nrRequests === 0 ? undefined : map?.nrRequests}
        min={4}
        max={65_536}
        onValue={(count) => set(withAttribute(lane, 'dm_queue', 'nr_requests', count))}
        disabled={mode !== 'rq'}
      />
      <NumberRow
        label="queue_depth of the disks"
        value={changes?.queue_depth}
        written={disk?.queueDepth}
        min={1}
        max={4096}
        onValue={(depth) => set(withChanges(lane, { queue_depth: depth }))}
      />
    </>
  )
}

function SeedField({ lane, set }: Edited): ReactElement {
  return (
    <NumberRow
      label="seed of chance"
      value={lane.seed}
      written={lane.seed}
      min={0}
      max={4_294_967_295}
      onValue={(seed) => set({ ...lane, seed: seed ?? 1 })}
    />
  )
}

function BranchField({ session, lane, set }: Edited & { readonly session: Session }): ReactElement {
  const [branches] = useState(() => session.branches)
  const tree = useStore(branches)
  return (
    <SelectRow
      label="branch"
      value={lane.pin === undefined ? '' : String(lane.pin)}
      options={[
        ['', 'the current one'],
        ...tree.branches.map(({ id, label }) => [String(id), label.split('\n')[0]!] as const),
      ]}
      onChange={(id) => set(pinnedTo(lane, id === '' ? undefined : (Number(id) as BranchId)))}
    />
  )
}

function aboutOf(
  table: readonly (readonly [name: string, about: string])[],
  name: string | undefined,
): string {
  return table.find(([one]) => one === name)?.[1] ?? ''
}

function asNumber(value: number | string | undefined): number | undefined {
  return value === undefined ? undefined : Number(value)
}
