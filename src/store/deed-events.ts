/**
 * Where the commands of a deed stand in the log of a run, and what of it has been carried out. A command takes some time
 * after the moment of its deed; whoever asks what can be done next means the machine with it done.
 */
import { EventKind } from '../engine/log/index.ts'
import { KindIndex } from '../record/kind-index.ts'
import type { RunRecord } from '../record/run-record.ts'
import type { Step } from '../worker/protocol.ts'
import type { Branch } from './branches.ts'

/** The event of a step's command, the first at or after a time; -1 where it is not logged, or not yet. */
export function commandIndex(record: RunRecord, step: Step, fromNs: number): number {
  const pattern = patternOf(step)
  if (pattern === undefined) return -1
  const { strings } = record.tables
  return KindIndex.of(record).next([EventKind.command], record.indexAtTime(fromNs - 1), 1, (chunk, row) =>
    pattern.test(strings[chunk.arg[row]!] ?? ''),
  )
}

/** As the engine logs it; undefined for what it does not log as a command. */
function patternOf(step: Step): RegExp | undefined {
  if ('message' in step) return starting(`dmsetup message \\S+ 0 ${plain(step.message)}`)
  if ('suspend' in step) return starting('dmsetup suspend')
  if ('resume' in step) return starting('dmsetup resume')
  if ('load' in step) return starting('dmsetup load')
  if ('sysfs' in step)
    return starting(`echo ${plain(String(step.value))} > ${plain(step.sysfs).replaceAll('\\*', '\\S*')}`)
  if ('link' in step)
    return starting(`${step.link.up ? 'plug in' : 'pull'} the cable of ${plain(step.link.device)}`)
  if ('service' in step)
    return starting(`${plain(step.service.device)} takes ${plain(String(step.service.factor))} times`)
  if ('hang' in step) {
    const how = step.hang.hung ? 'gives no more answers' : 'answers again'
    return starting(`${plain(step.hang.device)} ${how}`)
  }
  return 'rescan' in step ? starting('rescan of all hosts') : undefined
}

function starting(pattern: string): RegExp {
  return new RegExp(`^${pattern}(?![\\w-])`)
}

function plain(text: string): string {
  return text.replaceAll(/[^\w ]/g, '\\$&')
}

/**
 * The last event of what was done up to a moment: of the playhead, or of a command behind it whose deed the playhead has
 * reached.
 */
export function settledIndex(
  record: RunRecord,
  deeds: readonly Pick<Branch, 'forkNs' | 'steps'>[],
  playhead: { readonly timeNs: number; readonly index: number },
): number {
  const reached = deeds.filter(({ forkNs }) => forkNs <= Math.floor(playhead.timeNs) + 1)
  const ends = reached.flatMap(({ forkNs, steps }) =>
    steps.map((step) => {
      const at = commandIndex(record, step, forkNs)
      return at < 0 ? -1 : record.indexAtTime(record.timeAt(at))
    }),
  )
  return Math.max(playhead.index, ...ends)
}
