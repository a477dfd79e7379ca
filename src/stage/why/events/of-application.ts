/** Why of what applications, their tasks and people at a shell do. */
import type { ApplicationEvent } from '../../event-subjects.ts'
import { type EventAnswer, fn } from '../answer.ts'

export const OF_APPLICATION: Readonly<Record<ApplicationEvent, EventAnswer>> = {
  io_submit: {
    rule: 'The application asks for I/O: with direct I/O one system call makes one bio or more and opens a plug around them.',
    where: [],
    section: '6.2',
    simplified: ['fio', 'cache'],
  },
  io_end: {
    rule: 'An I/O of the application ends when the last of its bios has ended; its submitter is told then.',
    where: [fn('bio.c:bio_endio', '4.4', '6.1')],
    section: '2.2',
  },
  task_sleep: {
    rule: 'A task that needs a tag, waits for its I/O or for a suspended device gives up the CPU. Before it sleeps its plug is flushed.',
    where: [],
    section: '2.10, 6.2',
    simplified: ['cpu'],
  },
  task_wake: {
    rule: 'What the task has slept for has come: a tag is free, its I/O has ended, its time is up.',
    where: [],
    section: '2.10',
    simplified: ['cpu'],
  },
  command: {
    rule: 'Somebody acts from outside, with the command that an administrator would type.',
    where: [fn('dm-mpath.c:multipath_message', '6.1', '6.19')],
    section: '4.3',
    simplified: ['shell'],
  },
  command_refused: {
    rule: 'The kernel does not take what was typed, and nothing has changed. The text is what the tool prints.',
    where: [fn('dm-mpath.c:multipath_message', '6.1', '6.19')],
    section: '4.3',
    simplified: ['shell'],
  },
  io_reap: {
    rule: 'The task takes completions from its ring.',
    where: [],
    section: '8.2',
    simplified: ['fio'],
  },
  cached_io: {
    rule: 'A buffered read or write ends in the page cache; the block layer sees what readahead and fsync make of it.',
    where: [],
    section: '6.2',
    simplified: ['cache'],
  },
  lock_wait: {
    rule: 'Another CPU held the spinlock. m->lock around the path choice (to 4.6) was called a serious bottleneck on large machines.',
    where: [],
    section: '1.3, 8.1',
    commit: '2da1610ae20e',
    simplified: ['cpu'],
  },
}
