/** Milestones as marks on the scrubber: a name and a tone for each kind. */
import { EventKind } from '../engine/log/index.ts'
import type { Milestone } from '../record/milestones.ts'

export interface Mark {
  readonly timeNs: number
  readonly label: string
  readonly tone: 'choose' | 'merge' | 'split' | 'bad' | 'good' | 'plain'
}

const MARKS: Readonly<Partial<Record<EventKind, readonly [label: string, tone: Mark['tone']]>>> = {
  [EventKind.bio_queue]: ['the first bio', 'plain'],
  [EventKind.split]: ['first split', 'split'],
  [EventKind.backmerge]: ['first merge', 'merge'],
  [EventKind.frontmerge]: ['first front merge', 'merge'],
  [EventKind.rq_merge]: ['first merge of requests', 'merge'],
  [EventKind.unplug]: ['first unplug', 'merge'],
  [EventKind.choose_path]: ['first choice of a path', 'choose'],
  [EventKind.rq_issue]: ['first command', 'plain'],
  [EventKind.rq_dispatch_list]: ['first wait in hctx->dispatch', 'bad'],
  [EventKind.rq_requeue]: ['first requeue', 'bad'],
  [EventKind.rq_error]: ['first error', 'bad'],
  [EventKind.bio_queue_mpath]: ['first bio in queued_bios', 'bad'],
  [EventKind.bio_defer]: ['first bio deferred', 'bad'],
  [EventKind.flush_kick]: ['first flush', 'plain'],
  [EventKind.rq_complete]: ['first completion', 'good'],
  [EventKind.io_end]: ['the last I/O is done', 'good'],
  [EventKind.command]: ['a command is typed', 'bad'],
  [EventKind.fail_path]: ['a path fails', 'bad'],
  [EventKind.reinstate_path]: ['a path is back', 'good'],
  [EventKind.switch_pg]: ['another priority group', 'choose'],
  [EventKind.device_state]: ['a device changes its state', 'bad'],
  [EventKind.dm_state]: ['suspend, resume or table load', 'plain'],
}

/** Marks of all lanes in order of time, each with the letter of its lane. */
export function marksOf(lanes: readonly (readonly Milestone[])[]): Mark[] {
  const marks = lanes.flatMap((milestones, lane) =>
    milestones.map(({ timeNs, kind }): Mark => {
      const [label, tone] = MARKS[kind as EventKind] ?? ['milestone', 'plain']
      return { timeNs, label: `${String.fromCharCode(65 + lane)}: ${label}`, tone }
    }),
  )
  return marks.sort((a, b) => a.timeNs - b.timeNs)
}
