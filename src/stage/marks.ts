/** Milestones as marks on the scrubber: a name and a tone for each kind. */
import type { Milestone, MilestoneKind } from '../record/milestones.ts'

export interface Mark {
  readonly timeNs: number
  readonly lane: number
  /** True of accidents, commands and changes of state; the first choice of a priority group is none. */
  readonly turns: boolean
  readonly label: string
  readonly tone: 'choose' | 'merge' | 'split' | 'bad' | 'good' | 'plain'
}

const MARKS: Readonly<Record<MilestoneKind, readonly [label: string, tone: Mark['tone']]>> = {
  bio_queue: ['the first bio', 'plain'],
  split: ['first split', 'split'],
  backmerge: ['first merge', 'merge'],
  frontmerge: ['first front merge', 'merge'],
  rq_merge: ['first merge of requests', 'merge'],
  unplug: ['first unplug', 'merge'],
  choose_path: ['first choice of a path', 'choose'],
  rq_issue: ['first command', 'plain'],
  rq_dispatch_list: ['first wait in hctx->dispatch', 'bad'],
  rq_requeue: ['first requeue', 'bad'],
  rq_error: ['first error', 'bad'],
  bio_queue_mpath: ['first bio in queued_bios', 'bad'],
  bio_defer: ['first bio deferred', 'bad'],
  flush_kick: ['first flush', 'plain'],
  rq_complete: ['first completion', 'good'],
  io_end: ['the last I/O is done', 'good'],
  command: ['a command is typed', 'bad'],
  fail_path: ['a path fails', 'bad'],
  reinstate_path: ['a path is back', 'good'],
  switch_pg: ['another priority group', 'choose'],
  device_state: ['a device changes its state', 'bad'],
  dm_state: ['suspend, resume or table load', 'plain'],
}

/** Marks of all lanes in order of time, each with the letter of its lane; a command is named as it was typed. */
export function marksOf(
  lanes: readonly (readonly Milestone[])[],
  commandOf: (lane: number, index: number) => string | undefined = () => undefined,
): Mark[] {
  const marks = lanes.flatMap((milestones, lane) =>
    milestones.map(({ timeNs, kind, repeats, index }, i): Mark => {
      const [plain, tone] = MARKS[kind]
      const label = (kind === 'command' ? commandOf(lane, index) : undefined) ?? plain
      const isFirst = milestones.findIndex((one) => one.kind === kind) === i
      const turns = repeats && !(kind === 'switch_pg' && isFirst)
      return { timeNs, lane, turns, label: `${String.fromCharCode(65 + lane)}: ${label}`, tone }
    }),
  )
  return marks.sort((a, b) => a.timeNs - b.timeNs)
}
