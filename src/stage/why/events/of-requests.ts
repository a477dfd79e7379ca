/** Why of what happens to a request: made, merged, plugged, inserted, issued, cloned, ended; and of flushes. */
import type { RequestEvent } from '../../event-subjects.ts'
import { type EventAnswer, fn } from '../answer.ts'

const addToPlug = fn('blk-mq.c:blk_add_rq_to_plug', '5.10', '6.19')
const updateRequest = fn('blk-mq.c:blk_update_request', '6.1', '6.1')
const plugMerge = fn('blk-merge.c:blk_attempt_plug_merge', '5.10', '6.1')
const schedMerge = fn('blk-merge.c:blk_mq_sched_try_merge', '6.1', '6.1')

export const OF_REQUESTS: Readonly<Record<RequestEvent, EventAnswer>> = {
  getrq: {
    rule: 'No request took the bio in, so it gets one of its own, and a tag: with a scheduler the right to exist, without one the right to be in the driver, too. Where no tag is free the submitter sleeps.',
    where: [
      fn('blk-mq.c:blk_mq_submit_bio', '6.1', '6.12'),
      fn('blk-mq.c:blk_mq_get_new_requests', '6.1', '6.1'),
    ],
    section: '3.1',
    simplified: ['memory'],
  },
  backmerge: {
    rule: 'The request ends where the bio begins, and nothing forbids it: same operation, within the limits. The bio joins at the end and makes no request.',
    where: [plugMerge, schedMerge],
    section: '3.2, 3.3',
  },
  frontmerge: {
    rule: 'The bio ends where the request begins: it joins in front.',
    where: [plugMerge, schedMerge],
    section: '3.2, 3.3',
  },
  rq_merge: {
    rule: 'Two requests have become neighbours: one takes the other in, which is seen instead of its insertion.',
    where: [
      fn('blk-merge.c:attempt_merge', '6.1', '6.1'),
      fn('elevator.c:elv_attempt_insert_merge', '6.1', '6.1'),
    ],
    section: '3.2',
  },
  plug: {
    rule: 'The first request enters the empty plug of its task. From 6.12 as traced each submission outside a plug opens one for its one bio.',
    where: [addToPlug],
    section: '6.2',
  },
  plug_add: {
    rule: 'Requests gather in the plug of their task without any lock, so that neighbours can join them.',
    where: [addToPlug, fn('blk-core.c:blk_queue_bio', '3.6', '4.8')],
    section: '6.2',
  },
  unplug: {
    rule: 'The plug is flushed: its owner has finished it, it is full, its last request is large, or its task goes to sleep.',
    where: [fn('blk-mq.c:blk_mq_flush_plug_list', '5.10', '6.19')],
    section: '6.2',
  },
  rq_insert: {
    rule: 'The request enters the scheduler, or a list of its queue. Requests that were put back enter at the head and go out first.',
    where: [fn('mq-deadline.c:dd_insert_request', '6.1', '6.1')],
    section: '3.4, 6.4',
    simplified: ['schedulers'],
  },
  rq_dispatch_list: {
    rule: 'The device or its queue could not take the request now: it waits in hctx->dispatch, is tried before anything new, and can merge no more.',
    where: [
      fn('blk-mq.c:blk_mq_dispatch_rq_list', '6.1', '6.1'),
      fn('blk-mq.c:blk_mq_update_dispatch_busy', '6.1', '6.1'),
    ],
    section: '6.3',
  },
  rq_issue: {
    rule: 'The driver starts the request. On the dm device that is before a path is chosen, on a path the device has it from now on.',
    where: [
      fn('dm-rq.c:dm_mq_queue_rq', '5.4', '6.19'),
      fn('blk-mq.c:__blk_mq_try_issue_directly', '6.1', '6.1'),
      fn('scsi_lib.c:scsi_queue_rq', '6.1', '6.1'),
    ],
    section: '3.5, 7.3',
  },
  rq_requeue: {
    rule: 'The request is given back to its queue: the path or the driver could not take it, or its command is to be repeated.',
    where: [
      fn('blk-mq.c:blk_mq_requeue_request', '6.1', '6.12'),
      fn('dm-rq.c:dm_requeue_original_request', '6.1', '6.1'),
    ],
    section: '3.5, 6.5',
  },
  rq_clone: {
    rule: 'A request of the path stands for the original: it takes a tag of the path without waiting, and shares the pages. Its original keeps its own tag on the dm device.',
    where: [
      fn('dm-mpath.c:multipath_clone_and_map', '5.4', '6.19'),
      fn('blk-mq.c:blk_rq_prep_clone', '6.1', '6.1'),
    ],
    section: '3.5, 3.6',
    simplified: ['memory'],
  },
  rq_remap: {
    rule: 'The clone of the request is set up and goes to its path, past the scheduler there. The event comes again with each attempt.',
    where: [fn('dm-rq.c:map_request', '5.4', '6.19'), fn('blk-mq.c:blk_insert_cloned_request', '6.1', '6.1')],
    section: '3.5, 3.6',
    commit: '396eaf21ee17',
  },
  rq_complete: {
    rule: 'Some or all of a request is complete. On the dm device a last event without sectors only frees the request; before an error one without sectors comes first.',
    where: [updateRequest, fn('dm-rq.c:end_clone_bio', '4.8', '6.1'), fn('dm-rq.c:dm_done', '6.1', '6.1')],
    section: '3.8, 7.3',
    simplified: ['interrupts'],
  },
  rq_error: {
    rule: 'The request ended with an error that is not quiet; it follows its completion directly. Which errors are of the path is decided by blk_path_error.',
    where: [updateRequest, fn('blk_types.h:blk_path_error', '4.20', '6.19')],
    section: '4.7, 7.3',
  },
  rq_free: {
    rule: "The request and its tags are free. In request mode the path's tag is held until the original is finished in softirq.",
    where: [fn('blk-mq.c:blk_mq_end_request', '6.1', '6.1'), fn('dm-rq.c:end_clone_request', '6.1', '6.1')],
    section: '3.8',
  },
  flush_park: {
    rule: 'A request that needs a FLUSH waits in the flush machine; those that wait at the same time share one.',
    where: [fn('blk-flush.c:blk_insert_flush', '6.1', '6.1')],
    section: '6.8',
  },
  flush_kick: {
    rule: 'One FLUSH at a time: a new one starts when none runs and nothing of a flush sequence is in flight, or the oldest has waited for 5 s.',
    where: [fn('blk-flush.c:blk_kick_flush', '6.1', '6.1')],
    section: '6.8',
  },
}
