/** Comparisons that are worth a click: what each makes of the lanes at hand. Pure. */
import type { LaneSetup } from '../../store/state.ts'
import { withChanges } from './changed.ts'

export interface LanePreset {
  readonly name: string
  /** @param first The first lane: what a preset does not speak of stays as it has it. */
  readonly lanes: (first: LaneSetup) => readonly LaneSetup[]
}

export const LANE_PRESETS: readonly LanePreset[] = [
  {
    name: 'bio-based against request-based',
    lanes: (first) => [
      { ...first, mode: 'bio' },
      { ...first, mode: 'rq' },
    ],
  },
  {
    name: 'bio-based, Linux 4.20 against 5.10',
    lanes: (first) => [
      { ...first, mode: 'bio', kernel: '4.20' },
      { ...first, mode: 'bio', kernel: '5.10' },
    ],
  },
  {
    name: 'request-based, Linux 3.6 against 6.12',
    lanes: (first) => [
      { ...first, mode: 'rq', kernel: '3.6' },
      { ...first, mode: 'rq', kernel: '6.12' },
    ],
  },
  {
    name: 'round-robin against service-time',
    lanes: (first) => [
      withChanges(first, { selector: 'round-robin' }),
      withChanges(first, { selector: 'service-time' }),
    ],
  },
  {
    name: 'queue-length against historical-service-time',
    lanes: (first) => [
      withChanges(first, { selector: 'queue-length' }),
      withChanges(first, { selector: 'historical-service-time' }),
    ],
  },
  {
    name: 'one path against four',
    lanes: (first) => [withChanges(first, { paths: 1 }), withChanges(first, { paths: 4 })],
  },
  {
    name: 'paths without a scheduler against mq-deadline',
    lanes: (first) => [
      withChanges(first, { path_queue: { ...first.changes?.path_queue, scheduler: 'none' } }),
      withChanges(first, { path_queue: { ...first.changes?.path_queue, scheduler: 'mq-deadline' } }),
    ],
  },
  {
    name: 'bio-based, request-based and one device alone',
    lanes: (first) => [
      { ...first, mode: 'bio' },
      { ...first, mode: 'rq' },
      { ...first, mode: 'single' },
    ],
  },
]
