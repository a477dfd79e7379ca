/** Why of what happens to a bio: queued, cloned, sent, split, ended, held back. */
import type { BioEvent } from '../../event-subjects.ts'
import { type EventAnswer, fn } from '../answer.ts'

export const OF_BIOS: Readonly<Record<BioEvent, EventAnswer>> = {
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
      fn('dm.c:alloc_io', '6.1', '6.19'),
      fn('dm.c:__split_and_process_bio', '4.8', '6.1'),
      fn('blk-mq.c:blk_rq_prep_clone', '6.1', '6.1'),
    ],
    section: '2.1, 2.3, 3.6',
    simplified: ['memory'],
  },
  bio_remap: {
    rule: 'The target has mapped the clone to a device: the event names the new place and the old one. The retry worker submits directly, without this event.',
    where: [fn('dm.c:dm_submit_bio_remap', '6.1', '6.1'), fn('dm.c:__map_bio', '6.1', '6.1')],
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
    where: [fn('dm-mpath.c:process_queued_bios', '4.8', '6.19')],
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
}
