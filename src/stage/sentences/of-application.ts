/** What applications, their tasks and people at a shell do. */
import { DEV_NONE, EventKind } from '../../engine/log/index.ts'
import { durationText } from '../../lib/duration.ts'
import type { ApplicationEvent } from '../event-subjects.ts'
import { LOCKS, SLEEPS } from './codes.ts'
import type { Tell, Teller } from './teller.ts'

export const OF_APPLICATION: Readonly<Record<(typeof EventKind)['none' | ApplicationEvent], Tell>> = {
  [EventKind.none]: () => 'nothing happens',
  [EventKind.io_submit]: (t) => `${t.task} submits ${t.subject}: ${t.operation}, ${t.where}`,
  [EventKind.io_end]: (t) =>
    t.bad ? `${t.subject} fails with ${t.status}` : `${t.subject} is complete; its submitter is told`,
  [EventKind.task_sleep]: (t) => `${t.task} goes to sleep ${SLEEPS[t.event.arg] ?? 'and waits'}${about(t)}`,
  [EventKind.task_wake]: (t) => `${t.task} runs again`,
  [EventKind.io_reap]: (t) =>
    `${t.task} takes ${t.event.arg === 1 ? 'one completion' : `${t.event.arg} completions`} from its ring`,
  [EventKind.cached_io]: (t) => `${t.task}: ${t.operation} through the page cache, ${t.where}`,
  [EventKind.lock_wait]: (t) =>
    `${t.task} has spun ${durationText(t.event.arg)} for ${LOCKS[t.event.object] ?? 'a lock'} of ${t.dev}`,
  [EventKind.command]: (t) => `${who(t)}: ${t.text}`,
  [EventKind.command_refused]: (t) => `it is refused: ${t.text.replaceAll('\n', ' ')}`,
}

function who({ event, task }: Teller): string {
  if (event.object === 1) return 'from outside'
  return task.startsWith('multipathd') ? 'multipathd sends' : 'somebody types'
}

function about(t: Teller): string {
  const { subject, dev } = t.event
  if (subject !== 0) return ` (${t.name(subject)}${dev === DEV_NONE ? '' : ` on ${t.dev}`})`
  return dev === DEV_NONE ? '' : ` on ${t.dev}`
}
