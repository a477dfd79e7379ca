/** Why an event happens, for every kind of the log, with the kernel's functions: what an I/O has passed is read off here. */
import type { EventKindName } from '../../engine/log/index.ts'
import { type Answer, fn, type KernelFunction } from './answer.ts'
import type { SimplificationKey } from '../simplifications.ts'

type EventName = Exclude<EventKindName, 'none'>

interface EventAnswer {
  readonly rule: string
  readonly where: readonly KernelFunction[]
  readonly section: string
  readonly commit?: string
  readonly simplified?: readonly SimplificationKey[]
}

const clone = fn('dm.c:alloc_io', '6.1', '6.19')
const mapBio = fn('dm.c:__map_bio', '6.1', '6.1')
const choose = fn('dm-mpath.c:choose_pgpath', '4.8', '6.19')
const retryWorker = fn('dm-mpath.c:process_queued_bios', '4.8', '6.19')
const cloneAndMap = fn('dm-mpath.c:multipath_clone_and_map', '5.4', '6.19')
const dmQueueRq = fn('dm-rq.c:dm_mq_queue_rq', '5.4', '6.19')
const submitBio = fn('blk-mq.c:blk_mq_submit_bio', '6.1', '6.12')
const flushPlug = fn('blk-mq.c:blk_mq_flush_plug_list', '5.10', '6.19')
const addToPlug = fn('blk-mq.c:blk_add_rq_to_plug', '5.10', '6.19')
const tryIssue = fn('blk-mq.c:__blk_mq_try_issue_directly', '6.1', '6.1')
const dispatchList = fn('blk-mq.c:blk_mq_dispatch_rq_list', '6.1', '6.1')
const endRequest = fn('blk-mq.c:blk_mq_end_request', '6.1', '6.1')
const updateRequest = fn('blk-mq.c:blk_update_request', '6.1', '6.1')
const plugMerge = fn('blk-merge.c:blk_attempt_plug_merge', '5.10', '6.1')
const schedMerge = fn('blk-merge.c:blk_mq_sched_try_merge', '6.1', '6.1')

export const OF_EVENTS: Readonly<Record<EventName, EventAnswer>> = {
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
  bio_queue: {
    rule: 'A bio reaches a queue. The event comes once for each bio object (4.12 and later): what is left after a split does not repeat it.',
    where: [
      fn('blk-core.c:submit_bio_noacct', '6.1', '6.12'),
      fn('blk-core.c:generic_make_request', '2.6.28', '4.8'),
    ],
    section: '2.3, 7.3',
  },
  bio_clone: {
    rule: "A clone copies the cursor and points to the same vectors; pages are never copied. In bio mode one allocation holds dm's record of the I/O and the clone; in request mode each bio of the request is cloned, on each attempt.",
    where: [
      clone,
      fn('dm.c:__split_and_process_bio', '4.8', '6.1'),
      fn('blk-mq.c:blk_rq_prep_clone', '6.1', '6.1'),
    ],
    section: '2.1, 2.3, 3.6',
    simplified: ['memory'],
  },
  bio_remap: {
    rule: 'The target has mapped the clone to a device: the event names the new place and the old one. The retry worker submits directly, without this event.',
    where: [fn('dm.c:dm_submit_bio_remap', '6.1', '6.1'), mapBio],
    section: '2.6, 7.3',
  },
  split: {
    rule: 'The bio is larger than a limit of the queue that it has reached: its front becomes a bio of its own, the rest is submitted again. The front may not merge any more.',
    where: [fn('blk-merge.c:bio_split_rw', '6.1', '6.1'), fn('bio.c:bio_split', '4.4', '6.1')],
    section: '2.2, 2.5',
  },
  bio_complete: {
    rule: 'A bio of a bio-based device ends when all its clones have ended; of several errors the last one counts.',
    where: [fn('dm.c:clone_endio', '6.1', '6.1'), fn('dm.c:dm_io_set_error', '4.8', '6.19')],
    section: '2.6',
  },
  bio_endio: {
    rule: 'A clone, a fragment or a bio within a request has ended. The completion of a front counts down what its original waits for; the first error of a chain wins.',
    where: [fn('bio.c:bio_endio', '4.4', '6.1'), fn('dm-rq.c:end_clone_bio', '4.8', '6.1')],
    section: '2.2, 3.8',
  },
  bio_defer: {
    rule: 'While the device is suspended, its bios wait in md->deferred.',
    where: [fn('dm.c:dm_submit_bio', '6.1', '6.1')],
    section: '2.3, 4.9',
  },
  bio_queue_mpath: {
    rule: 'The clone goes to m->queued_bios: its path has failed, no path is usable, or an activation runs. A worker maps it again as a whole.',
    where: [
      fn('dm-mpath.c:multipath_end_io_bio', '6.1', '6.1'),
      fn('dm-mpath.c:multipath_map_bio', '6.1', '6.1'),
    ],
    section: '4.7',
    simplified: ['retry-worker'],
  },
  bio_retry: {
    rule: "The worker restores the clone's cursor as it was when it was made and maps the whole of it again, also what has been carried out; the new path splits afresh by its own limits.",
    where: [retryWorker],
    section: '2.8, 4.7',
    simplified: ['retry-worker'],
  },
  bio_undefer: {
    rule: 'After the resume kdmflush submits what was deferred.',
    where: [fn('dm.c:dm_wq_work', '6.1', '6.1')],
    section: '4.9',
  },
  head_requeue: {
    rule: 'The bios of a request that failed for its path wait at the head of the namespace until a path is usable.',
    where: [],
    section: '6.6',
    simplified: ['native'],
  },
  head_resubmit: {
    rule: 'The bios that waited at the head are submitted to it again and look for a path anew.',
    where: [],
    section: '6.6',
    simplified: ['native'],
  },
  dm_split: {
    rule: 'The bio reaches past the end of its segment: device-mapper maps the part within it, and submits what is left again.',
    where: [fn('dm.c:dm_split_and_process_bio', '6.1', '6.1'), fn('dm.c:max_io_len', '6.1', '6.1')],
    section: '2.3, 7.3',
  },
  nvme_bio_complete: {
    rule: 'The NVMe driver traces the end of the first bio of a request for the head.',
    where: [],
    section: '7.3',
    simplified: ['native'],
  },
  getrq: {
    rule: 'No request took the bio in, so it gets one of its own, and a tag: with a scheduler the right to exist, without one the right to be in the driver, too. Where no tag is free the submitter sleeps.',
    where: [submitBio, fn('blk-mq.c:blk_mq_get_new_requests', '6.1', '6.1')],
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
    where: [flushPlug],
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
    where: [dispatchList, fn('blk-mq.c:blk_mq_update_dispatch_busy', '6.1', '6.1')],
    section: '6.3',
  },
  rq_issue: {
    rule: 'The driver starts the request. On the dm device that is before a path is chosen, on a path the device has it from now on.',
    where: [dmQueueRq, tryIssue, fn('scsi_lib.c:scsi_queue_rq', '6.1', '6.1')],
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
    where: [cloneAndMap, fn('blk-mq.c:blk_rq_prep_clone', '6.1', '6.1')],
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
    where: [endRequest, fn('dm-rq.c:end_clone_request', '6.1', '6.1')],
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
  choose_path: {
    rule: 'The current group is asked for a path, by its selector; another one only if it has none left. Bios ask before they merge, requests after.',
    where: [
      choose,
      fn('dm-mpath.c:choose_path_in_pg', '4.8', '6.19'),
      fn('dm-mpath.c:map_io', '2.6.28', '2.6.28'),
    ],
    section: '4.5, 5.6',
  },
  start_io: {
    rule: 'The I/O really goes to the path: the selector counts it, with the bytes of the whole clone.',
    where: [
      fn('dm-ps-service-time.c:start_io', '6.1', '6.1'),
      fn('dm-ps-queue-length.c:start_io', '6.1', '6.1'),
    ],
    section: '5',
  },
  end_io: {
    rule: 'The I/O has come back, well or not: the selector counts it off.',
    where: [
      fn('dm-mpath.c:multipath_end_io', '6.1', '6.1'),
      fn('dm-mpath.c:multipath_end_io_bio', '6.1', '6.1'),
    ],
    section: '4.7, 5',
  },
  fail_path: {
    rule: 'An error of the path, or a message, takes the path out: fail_count rises by one, what is in flight on it is not touched and comes back by itself.',
    where: [fn('dm-mpath.c:fail_path', '6.1', '6.1')],
    section: '4.8',
  },
  reinstate_path: {
    rule: 'The kernel never reinstates a path by itself: multipathd or somebody at a shell does. Round-robin puts it first in line, the other selectors last.',
    where: [fn('dm-mpath.c:reinstate_path', '6.1', '6.1')],
    section: '4.8, 5.1',
    simplified: ['multipathd'],
  },
  switch_pg: {
    rule: 'Another priority group is used: the one before has no path left, or a message asked for it. There is no way back by itself.',
    where: [fn('dm-mpath.c:__switch_pg', '4.8', '6.19'), fn('dm-mpath.c:switch_pg_num', '6.1', '6.19')],
    section: '4.5',
  },
  bypass_pg: {
    rule: 'disable_group and enable_group mark a group, and both drop the present choice.',
    where: [fn('dm-mpath.c:bypass_pg', '6.1', '6.19')],
    section: '4.3',
  },
  mpath_flags: {
    rule: 'The flags of the target: queue_io holds everything back, queue_if_no_path queues where no path is left.',
    where: [fn('dm-mpath.c:multipath_presuspend', '6.1', '6.1')],
    section: '4.4',
  },
  pg_init: {
    rule: 'The group has a hardware handler: its paths must be activated before I/O goes there. Until then everything waits.',
    where: [
      fn('dm-mpath.c:__pg_init_all_paths', '6.1', '6.1'),
      fn('scsi_dh_alua.c:alua_activate', '6.1', '6.1'),
    ],
    section: '4.6',
    simplified: ['alua'],
  },
  pg_init_done: {
    rule: 'An activation has ended. When the last one has, queued I/O runs and paths are chosen anew.',
    where: [fn('dm-mpath.c:pg_init_done', '6.1', '6.1')],
    section: '4.6',
    simplified: ['alua'],
  },
  process_queued_bios: {
    rule: 'The worker of kmpathd takes the whole list of queued_bios and maps each anew. Without a usable path it polls.',
    where: [retryWorker],
    section: '4.7',
    simplified: ['retry-worker'],
  },
  mpath_busy: {
    rule: 'An activation runs, or every usable path of the group is busy: the request stays on the dm device, where it can still grow.',
    where: [fn('dm-mpath.c:multipath_busy', '6.1', '6.1'), fn('scsi_lib.c:scsi_mq_lld_busy', '6.1', '6.1')],
    section: '3.7',
  },
  map_result: {
    rule: 'What the target answers to a request: given a path, put back at once (no tag of the path), put back for 100 ms (no path), or ended.',
    where: [fn('dm-rq.c:map_request', '5.4', '6.19')],
    section: '3.5',
  },
  dm_state: {
    rule: 'Suspend: new I/O waits, what is in flight ends. A new table comes into force with the resume.',
    where: [fn('dm.c:__dm_suspend', '6.1', '6.1'), fn('dm.c:__dm_resume', '6.1', '6.1')],
    section: '4.9',
    simplified: ['shell'],
  },
  path_hst: {
    rule: 'The selector blends the service time just seen into its history; the longer it took, the more the new one weighs.',
    where: [fn('dm-ps-historical-service-time.c:end_io', '6.1', '6.1')],
    section: '5.4',
  },
  device_state: {
    rule: 'The SCSI midlayer or the transport changes what it believes of the device; blocked is still hope, offline is not.',
    where: [fn('scsi_lib.c:scsi_device_state_check', '6.1', '6.1')],
    section: '6.6',
    simplified: ['transports', 'error-handler', 'rescan'],
  },
  queue_attr: {
    rule: "A limit of a queue changes. The dm device's limits are the strictest of its paths when the table was loaded, and are not looked at again.",
    where: [fn('blk-settings.c:blk_stack_limits', '6.1', '6.1')],
    section: '2.9',
  },
  inject: {
    rule: 'The scenario puts an error into this command.',
    where: [],
    section: '6.6',
    simplified: ['disks'],
  },
  timer_arm: {
    rule: 'A timer starts, or is moved. A delayed requeue moves the one timer of the whole list.',
    where: [],
    section: '3.8, 6.1',
  },
  timer_end: {
    rule: 'A timer has run out, or is cancelled because what it waited for has come.',
    where: [],
    section: '3.8, 6.1',
  },
  queue_depth: {
    rule: 'The device said that its queue is full: its depth is lowered.',
    where: [],
    section: '6.6',
    simplified: ['disks'],
  },
  checker: {
    rule: 'multipathd asks paths in the background; a path that is up while the kernel has failed it is reinstated, one that is down is failed.',
    where: [],
    section: '4.11',
    simplified: ['multipathd'],
  },
  access_state: {
    rule: 'The hardware handler keeps what the port last said of itself; standby and unavailable refuse I/O before it is sent.',
    where: [
      fn('scsi_dh_alua.c:alua_rtpg_work', '6.1', '6.1'),
      fn('scsi_dh_alua.c:alua_prep_fn', '6.1', '6.1'),
    ],
    section: '4.6',
    simplified: ['alua'],
  },
  ana_state: {
    rule: 'The controller says how the namespace is reached through it.',
    where: [],
    section: '6.6',
    simplified: ['native'],
  },
  lock_wait: {
    rule: 'Another CPU held the spinlock. m->lock around the path choice (to 4.6) was called a serious bottleneck on large machines.',
    where: [],
    section: '1.3, 8.1',
    commit: '2da1610ae20e',
    simplified: ['cpu'],
  },
}

/** The answer for a kind, under the name that a trace gives it. */
export function eventAnswer(name: EventName, title: string): Answer {
  return { ...OF_EVENTS[name], title, honesty: 'rule' }
}
