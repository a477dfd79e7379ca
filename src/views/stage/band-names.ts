/** What bands are called, in how much room there is, and the kernel functions that they stand for. */
import type { QueueMode } from '../../engine/log/index.ts'
import type { BandKind } from '../../stage/layout/parts.ts'

export const BAND_NAMES: Readonly<Record<BandKind, string>> = {
  split: 'Split and clone',
  merge: 'Plug, merge, schedule',
  choose: 'Choose path',
  bypass: 'Scheduler bypassed',
}

/** Of a band of the map; the head of a namespace clones nothing. */
export function bandName(kind: BandKind, mode: QueueMode): string {
  return kind === 'split' && mode === 'native' ? 'Split and redirect' : BAND_NAMES[kind]
}

/** Of a band in a path: the longest name for a box of so many units; in the narrowest its sign must do. */
const PATH_NAMES: readonly { readonly fromUnits: number; readonly merge: string; readonly bypass: string }[] =
  [
    { fromUnits: 225, merge: BAND_NAMES.merge, bypass: BAND_NAMES.bypass },
    { fromUnits: 160, merge: 'Plug, merge', bypass: BAND_NAMES.bypass },
    { fromUnits: 100, merge: 'Merge', bypass: 'Bypassed' },
  ]

export function pathBandName(kind: 'merge' | 'bypass', widthUnits: number): string {
  return PATH_NAMES.find(({ fromUnits }) => widthUnits >= fromUnits)?.[kind] ?? ''
}

/** Which of the two steps that trade places comes first. */
export const STEP: Readonly<Record<QueueMode, Readonly<Partial<Record<BandKind, number>>>>> = {
  bio: { choose: 1, merge: 2 },
  rq: { merge: 1, choose: 2 },
  native: { choose: 1, merge: 2 },
  single: { merge: 1 },
}

export const FUNCTIONS: Readonly<Record<QueueMode, Readonly<Record<BandKind, string>>>> = {
  bio: { split: 'dm_split_and_process_bio', merge: 'blk_mq_submit_bio', choose: '__map_bio', bypass: '' },
  rq: {
    split: '',
    merge: 'blk_mq_submit_bio',
    choose: 'multipath_clone_and_map',
    bypass: 'blk_insert_cloned_request',
  },
  native: {
    split: 'nvme_ns_head_submit_bio',
    merge: 'blk_mq_submit_bio',
    choose: 'nvme_find_path',
    bypass: '',
  },
  single: { split: '', merge: 'blk_mq_submit_bio', choose: '', bypass: '' },
}
