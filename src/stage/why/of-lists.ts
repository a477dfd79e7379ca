/** Why of the lists and pockets in which I/O waits on its way. */
import type { ListName } from '../queue-inside.ts'
import { type Answer, fn, rule } from './answer.ts'

export const OF_LISTS: Readonly<Record<ListName, Answer>> = {
  plug: rule(
    'The plug',
    'Requests of a task wait here, without a lock, for neighbours to join; 32 of them (to 5.15: 16), or a last one of 128 KiB, flush it. It never outlives a sleep of its task.',
    '6.1, 6.2',
    [
      fn('blk-mq.c:blk_add_rq_to_plug', '5.10', '6.19'),
      fn('blk-mq.c:blk_mq_flush_plug_list', '5.10', '6.19'),
    ],
  ),
  sorted: rule(
    "The scheduler's sorted tree",
    'mq-deadline hands requests out in ascending order of sectors from the last position, 16 in a batch.',
    '6.4',
    [fn('mq-deadline.c:dd_dispatch_request', '6.1', '6.1')],
    { simplified: ['schedulers'] },
  ),
  fifo: rule(
    "The scheduler's FIFO",
    'The oldest goes first when its deadline has passed: 500 ms for reads, 5 s for writes. That is looked at between batches only.',
    '6.4',
    [fn('mq-deadline.c:dd_dispatch_request', '6.1', '6.1')],
    { simplified: ['schedulers'] },
  ),
  queue: rule(
    'The software queue',
    'Without a scheduler what cannot be issued at once waits in the queue of its CPU; up to 8 requests of it are tried for a merge.',
    '3.2, 6.3',
    [fn('blk-mq.c:blk_mq_submit_bio', '6.1', '6.12')],
  ),
  dispatch: rule(
    'hctx->dispatch',
    'What the device or its queue refused waits here, is tried before anything new, and merges no more. Without a budget it is tried again after 3 ms at the latest.',
    '6.1, 6.3',
    [fn('blk-mq.c:blk_mq_dispatch_rq_list', '6.1', '6.1')],
  ),
  requeue: rule(
    'requeue_list',
    'What was given back waits here. A delayed requeue shares one timer of 100 ms for the whole list: each new one moves it, a kick without delay releases all.',
    '3.8, 6.5',
    [
      fn('blk-mq.c:blk_mq_requeue_work', '6.1', '6.12'),
      fn('blk-mq.c:blk_mq_delay_kick_requeue_list', '6.1', '6.1'),
    ],
  ),
  queued_bios: rule(
    'queued_bios',
    'Clones that no path has, or whose path failed, wait for the worker of kmpathd. It restores each as a whole, also what had been carried out, and maps it again.',
    '2.8, 4.7',
    [fn('dm-mpath.c:process_queued_bios', '4.8', '6.19')],
    { modes: ['bio'], simplified: ['retry-worker'] },
  ),
  deferred: rule(
    'md->deferred',
    'While the map is suspended bios wait here; after the resume kdmflush submits them. Those that were pushed back come out in reverse order.',
    '2.6, 4.9',
    [fn('dm.c:dm_wq_work', '6.1', '6.1')],
  ),
  flush: rule(
    'The flush machine',
    'One FLUSH at a time for everybody who waits for one. In request mode it runs on the dm device, in bio mode on the path.',
    '6.8',
    [fn('blk-flush.c:blk_insert_flush', '6.1', '6.1'), fn('blk-flush.c:blk_kick_flush', '6.1', '6.1')],
  ),
  waiting: rule(
    'Originals that wait',
    'An original stays until its last clone has ended; the number says how many it still waits for.',
    '2.3, 2.6',
    [fn('dm.c:clone_endio', '6.1', '6.1')],
  ),
  issued: rule(
    'Issued',
    'Its clone is on a path; the original holds its tag on the dm device until it is finished in softirq.',
    '3.6, 3.8',
    [fn('dm-rq.c:end_clone_request', '6.1', '6.1')],
    { modes: ['rq'] },
  ),
  device: rule(
    'In the device',
    'Commands that the device has not answered. What is in flight on a path that fails is not taken back: it must return by itself.',
    '4.8, 6.6',
    [fn('scsi_lib.c:scsi_queue_rq', '6.1', '6.1')],
    { simplified: ['disks'] },
  ),
}
