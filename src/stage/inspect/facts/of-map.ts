/** Facts of the map (or of the head of a namespace): its state, groups and flags, and what it holds back. */
import { MpathFlag } from '../../../engine/log/index.ts'
import type { Picture } from '../../../record/picture.ts'
import { Place } from '../../../record/places.ts'
import { DM_STATES } from '../../sentences/codes.ts'
import { countText } from '../../words.ts'
import { groupSection } from './of-groups.ts'
import { timerSection } from './of-timers.ts'
import type { FactContext, FactRow, FactSection } from './section.ts'

const BESIDE_THE_KERNEL: FactSection = {
  title: 'Beside the kernel',
  rows: [
    {
      label: 'multipathd',
      value: 'checks and reinstates paths where the scenario runs it',
      why: 'multipathd',
    },
  ],
}

export function mapFacts(context: FactContext): FactSection[] {
  const { picture, shape } = context
  const map = shape.map ?? 0
  return [
    { title: 'State', why: 'map', rows: stateRows(context) },
    ...groupSection(context),
    { title: 'What it holds back', rows: heldRows(picture, map) },
    ...(picture.header.mode === 'native'
      ? []
      : [{ title: 'Flags', why: 'event:mpath_flags', rows: flagRows(picture) }]),
    ...timerSection(context, [map]),
    BESIDE_THE_KERNEL,
  ]
}

function stateRows({ picture, shape }: FactContext): FactRow[] {
  const { header } = picture
  const usable = shape.paths.filter(({ dev }) => picture.devices.pathActive[dev] === 1).length
  const rows: FactRow[] = [
    { label: 'mode', value: header.mode, why: `mode:${header.mode}` },
    { label: 'kernel', value: `Linux ${header.kernel}`, why: `era:${header.kernel}` },
    {
      label: 'usable paths',
      value: `${usable} of ${shape.paths.length}`,
      why: 'path',
      tone: usable === 0 ? 'bad' : 'good',
    },
    { label: 'state', value: DM_STATES[picture.dmState] ?? 'live', why: 'event:dm_state' },
  ]
  if (picture.activations > 0)
    rows.push({ label: 'activations', value: `${picture.activations} run`, why: 'pg_init' })
  return rows
}

function heldRows(picture: Picture, map: number): FactRow[] {
  const count = (place: Place): string => countText(picture.countIn(map, place))
  return [
    { label: 'queued_bios', value: count(Place.queued_bios), why: 'list:queued_bios' },
    { label: 'requeue_list', value: count(Place.requeue), why: 'list:requeue' },
    { label: 'md->deferred', value: count(Place.deferred), why: 'list:deferred' },
  ]
}

function flagRows({ mpathFlags }: Picture): FactRow[] {
  return Object.entries(MpathFlag).map(([name, bit]) => ({
    label: name,
    value: mpathFlags === undefined ? 'not said yet' : String((mpathFlags & bit) !== 0 ? 1 : 0),
    why: 'event:mpath_flags',
  }))
}
