/** Why of the boxes: bands, lists and pockets, tags, selectors, limits, the map, a path, a task. Some differ by mode. */
import type { ListName } from '../queue-inside.ts'
import type { BandKind } from '../layout/parts.ts'
import { type Answer, fn } from './answer.ts'

const rule = (
  title: string,
  text: string,
  section: string,
  where: Answer['where'],
  more: Partial<Answer> = {},
): Answer => ({ title, rule: text, section, where, honesty: 'rule', ...more })

export const OF_BANDS: Readonly<Record<BandKind, readonly Answer[]>> = {
  split: [
    rule(
      'Split and redirect',
      'The head of a namespace clones nothing: the bio itself is cut by the limits of the head and sent on to a path.',
      '6.6',
      [],
      { modes: ['native'], simplified: ['native'] },
    ),
    rule(
      'Split and clone',
      "In bio mode device-mapper clones each bio as a whole: multipath sets no limit of its own, so the first cut by size happens on the path. From 4.16's time to 5.4 the dm device cut by its own limits first.",
      '2.3, 2.5, 2.8',
      [
        fn('dm.c:dm_split_and_process_bio', '6.1', '6.1'),
        fn('dm.c:__split_and_process_bio', '4.8', '6.1'),
        fn('dm.c:__split_bio', '2.6.28', '2.6.28'),
      ],
      { simplified: ['dm-core', 'memory'] },
    ),
  ],
  merge: [
    rule(
      'Plug, merge, schedule: on the dm device',
      'In request mode bios merge on the dm device, before a path is chosen: plug first, then scheduler. They gather there while paths are busy, and one request then goes to one path.',
      '3.1, 3.2, 5.6',
      [
        fn('blk-mq.c:blk_mq_submit_bio', '6.1', '6.12'),
        fn('dm-rq.c:dm_mq_init_request_queue', '4.8', '6.1'),
        fn('dm.c:dm_request_fn', '3.6', '4.4'),
      ],
      {
        modes: ['rq'],
        commit: '76e33fe4e2c4',
        published: {
          text: '674.80 small bios a second of LVM became 91.27 requests at the multipath device and 91.50 at the path.',
          source: 'sar on CentOS 6.4, about 2013, excerpt',
        },
        simplified: ['merging', 'schedulers', 'legacy'],
      },
    ),
    rule(
      'Plug, merge, schedule: on the path',
      "Merging happens on the queue of each path, among what chose the same path. With round-robin neighbours go to different paths and find nobody to join; the path's own scheduler sorts.",
      '3.2, 5.6, 6.10',
      [
        fn('blk-mq.c:blk_mq_submit_bio', '6.1', '6.12'),
        fn('blk-merge.c:blk_attempt_plug_merge', '5.10', '6.1'),
      ],
      {
        published: {
          text: '44 MB/s through multipath with a path per bio, 160 MB/s over separate paths (buffered dd, 4 paths).',
          source: 'dm-devel, January 2008',
        },
        simplified: ['merging', 'schedulers'],
      },
    ),
  ],
  choose: [
    rule(
      'Choose path, for each bio',
      'Every bio asks the selector before it can merge; the answer binds the clone to that path. From 4.20 to 5.4 a map without a hardware handler kept its path until that failed.',
      '1.5, 4.5, 5.6',
      [
        fn('dm-mpath.c:choose_pgpath', '4.8', '6.19'),
        fn('dm-mpath.c:multipath_map_bio', '6.1', '6.1'),
        fn('dm-mpath.c:map_io', '2.6.28', '2.6.28'),
      ],
      { modes: ['bio'], simplified: ['selectors'] },
    ),
    rule(
      'Choose path, for each request',
      'A request asks when it is dispatched, after everything that will merge has merged. If its path has no tag it goes back and may choose another one next time.',
      '3.5, 4.5, 5.6',
      [
        fn('dm-mpath.c:multipath_clone_and_map', '5.4', '6.19'),
        fn('dm-mpath.c:choose_pgpath', '4.8', '6.19'),
      ],
      { modes: ['rq'], simplified: ['selectors'] },
    ),
    rule(
      'Choose path, at the head of the namespace',
      'The head redirects the bio itself to the path that its policy picks among those that can be used.',
      '6.6',
      [],
      { modes: ['native', 'single'], simplified: ['native'] },
    ),
  ],
  bypass: [
    rule(
      "The path's scheduler is bypassed",
      'The clone of a request goes straight to the driver: the scheduler of the dm device counts, that of the path does not. In 4.12 clones still passed through it.',
      '3.6, 6.10',
      [
        fn('blk-mq.c:blk_insert_cloned_request', '6.1', '6.1'),
        fn('blk-core.c:blk_insert_cloned_request', '3.6', '4.20'),
      ],
      {
        commit: '396eaf21ee17',
        published: {
          text: 'up to 3 times the sequential throughput with direct issue that answers busy (multipath on virtio-scsi, 2018)',
          source: 'commit 396eaf21ee17',
        },
      },
    ),
  ],
}

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

export const OF_SELECTORS: Readonly<Record<string, Answer>> = {
  'round-robin': rule(
    'round-robin',
    'The head of the list is taken and put to its tail. A path that is reinstated is put to the head: it is the next one.',
    '5.1',
    [fn('dm-ps-round-robin.c:select_path', '6.1', '6.1'), fn('dm-round-robin.c:select_path', '3.6', '4.8')],
    { simplified: ['selectors'] },
  ),
  'queue-length': rule(
    'queue-length',
    'The path with the fewest I/Os in flight; of equals the first in the list, and the winner goes to its tail (since 4.16).',
    '5.2',
    [fn('dm-ps-queue-length.c:select_path', '6.1', '6.1'), fn('dm-queue-length.c:select_path', '3.6', '5.4')],
    { commit: '0be600a5add7' },
  ),
  'service-time': rule(
    'service-time',
    'The path with the fewest bytes in flight for its relative throughput; it measures no time. With equal throughputs it is simply the fewest bytes.',
    '5.3',
    [
      fn('dm-ps-service-time.c:st_select_path', '6.1', '6.1'),
      fn('dm-ps-service-time.c:st_compare_load', '6.1', '6.1'),
    ],
  ),
  'historical-service-time': rule(
    'historical-service-time',
    'The path with the least history of service time times the I/Os it would have; an idle path whose history is stale is tried again.',
    '5.4',
    [fn('dm-ps-historical-service-time.c:select_path', '6.1', '6.1')],
    {
      commit: 'c06dfd124d46',
      published: {
        text: 'with a clock of jiffies slow paths of ten got 0.00 of the I/O, with nanoseconds 0.01 to 0.06; ideal was 0.01 to 0.04',
        source: 'commit c06dfd124d46',
      },
    },
  ),
  'io-affinity': rule(
    'io-affinity',
    'Each CPU has its path; where that one has failed, one of a CPU nearby. Nothing is counted and nothing rotates.',
    '5.5',
    [fn('dm-ps-io-affinity.c:select_path', '6.1', '6.1')],
    {
      published: {
        text: '25 % more with paths of 180K IOPS, 2 to 5 % with paths of 90K, over 50 % on null_blk (16 cores, 16 paths)',
        source: 'dm-devel, 2020',
      },
    },
  ),
  numa: rule(
    'policy numa',
    'The head keeps to the optimized path that is nearest to its CPU until that cannot be used.',
    '6.6',
    [],
    { simplified: ['native'] },
  ),
  'queue-depth': rule(
    'policy queue-depth',
    'The head takes the path with the fewest requests in flight.',
    '6.6',
    [],
    { simplified: ['native'] },
  ),
}

/** By the name that the sentences use (limitName). */
export const OF_LIMITS: Readonly<Record<string, Answer>> = {
  max_sectors_kb: rule(
    'max_sectors_kb',
    "The largest command of a queue. The dm device takes the smallest of its paths' when the table is loaded, and does not look again. In request mode a clone over the path's limit is an error, never a cut.",
    '2.5, 2.8, 2.9, 3.6',
    [fn('blk-merge.c:bio_split_rw', '6.1', '6.1'), fn('blk-settings.c:blk_stack_limits', '6.1', '6.1')],
    { simplified: ['limits'] },
  ),
  max_segments: rule(
    'max_segments',
    'The most pieces of memory a command may name; a vector counts several times where it is longer than max_segment_size.',
    '2.5, 2.9',
    [fn('blk-merge.c:bio_split_rw', '6.1', '6.1')],
    { simplified: ['limits'] },
  ),
  chunk_sectors: rule(
    'chunk_sectors',
    'No command crosses a multiple of it; a path offset of 0 keeps the boundaries of dm and path the same.',
    '2.5, 2.8',
    [fn('blk-merge.c:bio_split_rw', '6.1', '6.1')],
    { simplified: ['limits'] },
  ),
  virt_boundary_mask: rule(
    'virt_boundary_mask',
    'Only the first and the last piece of memory may end off this boundary: a gap between is a cut, or forbids a merge. Typical for NVMe.',
    '2.5, 3.3',
    [fn('blk-merge.c:bio_split_rw', '6.1', '6.1')],
    { simplified: ['limits'] },
  ),
  discard_max_bytes: rule(
    'discard_max_bytes',
    'The largest discard. Discards are cut by the limits of the dm device, one clone for each.',
    '2.7, 6.9',
    [fn('dm.c:__process_abnormal_io', '6.1', '6.1')],
    { simplified: ['limits'] },
  ),
  write_zeroes_max_bytes: rule(
    'write_zeroes_max_bytes',
    'The largest write of zeroes; 0 turns it off.',
    '2.7, 6.9',
    [fn('dm.c:__process_abnormal_io', '6.1', '6.1')],
    { simplified: ['limits'] },
  ),
  'the end of a segment': rule(
    'the end of a segment',
    'A volume maps this bio to two places: device-mapper takes the part up to the end of the segment and submits the rest again.',
    '2.3',
    [fn('dm.c:max_io_len', '6.1', '6.1')],
    { simplified: ['dm-core'] },
  ),
}

export const OF_THINGS: Readonly<Record<string, readonly Answer[]>> = {
  tags: [
    rule(
      'Tags',
      'A driver tag is the right to be in the driver, a scheduler tag the right to exist as a request; without a scheduler one tag is both. Who finds none free sleeps (a submitter), or goes back (a request clone).',
      '2.10, 3.1, 6.3',
      [fn('blk-mq.c:blk_mq_get_new_requests', '6.1', '6.1')],
      { simplified: ['limits'] },
    ),
  ],
  path: [
    rule(
      'A path',
      'Active until an error of the path or a message fails it; the kernel never reinstates it. fail_count rises by one each time and only a new table sets it back.',
      '4.7, 4.8',
      [fn('dm-mpath.c:fail_path', '6.1', '6.1'), fn('dm-mpath.c:reinstate_path', '6.1', '6.1')],
      { simplified: ['multipathd', 'disks', 'transports', 'error-handler'] },
    ),
  ],
  in_flight: [
    rule(
      "The selector's count",
      'Between start_io, when the I/O really goes to the path, and end_io: I/Os for queue-length, bytes for service-time.',
      '5',
      [fn('dm-mpath.c:multipath_end_io', '6.1', '6.1')],
      { honesty: 'simulated' },
    ),
  ],
  map: [
    rule(
      'The map',
      'Made from one table line: features, hardware handler, groups with a selector each, and paths. Its queue mode is fixed with the first table, request mode by default.',
      '1.1, 4.1, 4.2',
      [fn('dm-mpath.c:multipath_ctr', '6.1', '6.1'), fn('dm-mpath.c:multipath_status', '6.1', '6.19')],
      { simplified: ['dm-core', 'tools'] },
    ),
  ],
  group: [
    rule(
      'Priority groups',
      'The current group is kept until it has no path left, whatever its priority; the way back is a message of multipathd (switch_group).',
      '4.5',
      [fn('dm-mpath.c:choose_pgpath', '4.8', '6.19'), fn('dm-mpath.c:__switch_pg', '4.8', '6.19')],
      { simplified: ['multipathd'] },
    ),
  ],
  pg_init: [
    rule(
      'pg_init',
      'A group with a hardware handler must be activated before I/O goes there. While one activation runs, all I/O waits: bios in queued_bios, requests refused as busy.',
      '4.6',
      [fn('dm-mpath.c:__pg_init_all_paths', '6.1', '6.1'), fn('dm-mpath.c:pg_init_done', '6.1', '6.1')],
      { simplified: ['alua'] },
    ),
  ],
  multipathd: [
    rule(
      'multipathd',
      'Outside the kernel: checks paths (5 s at first, 20 s when all is well), fails and reinstates them, counts no_path_retry down, switches groups back, reloads tables.',
      '4.11',
      [],
      { simplified: ['multipathd'] },
    ),
  ],
  queue: [
    rule(
      'The queue of a device',
      "In bio mode the path's scheduler and limits matter, and the dm device has no requests. In request mode those of the dm device do.",
      '2.5, 3.1, 6.10',
      [fn('blk-mq.c:blk_mq_submit_bio', '6.1', '6.12')],
      { simplified: ['schedulers', 'limits', 'merging'] },
    ),
  ],
  dispatch_busy: [
    rule(
      'dispatch_busy',
      'A moving average of busy answers: new = (7 × old + 16 if busy) / 8, in integers. While it is above 0 the scheduler hands out one request at a time, so the others stay mergeable.',
      '3.4, 6.3',
      [fn('blk-mq.c:blk_mq_update_dispatch_busy', '6.1', '6.1')],
      { honesty: 'simulated' },
    ),
  ],
  queue_depth: [
    rule(
      'queue_depth',
      'Commands that the device takes at once. In bio mode the rest waits bound to this path, in request mode on the dm device, where it can still grow and choose.',
      '2.10, 3.7',
      [fn('scsi_lib.c:scsi_mq_lld_busy', '6.1', '6.1')],
      { simplified: ['disks'] },
    ),
  ],
  task: [
    rule(
      'A task',
      'Submits, sleeps where it must wait (a tag, its I/O, a suspended device), and is woken. Its plug is flushed before it sleeps.',
      '2.4, 2.10, 6.2',
      [],
      { simplified: ['cpu', 'cpu-costs'] },
    ),
  ],
  retry_timer: [
    rule(
      'Timers of a retry',
      'A delayed requeue of device-mapper takes 100 ms, a lack of budget or of a resource 3 ms.',
      '6.1',
      [fn('blk-mq.c:blk_mq_delay_kick_requeue_list', '6.1', '6.1')],
    ),
  ],
  request: [
    rule(
      'A request',
      'Holds bios that are neighbours, in the order of their sectors, and one tag. Once it was handed to a driver it never merges again.',
      '3.1, 3.3, 9',
      [fn('blk-mq.c:blk_mq_submit_bio', '6.1', '6.12')],
      { simplified: ['merging'] },
    ),
  ],
  kept: [
    {
      title: 'Nothing is lost',
      rule: 'Every bio that was accepted ends exactly once: what came in has gone out or is in flight. Counted from the log at each moment.',
      section: '9',
      where: [],
      honesty: 'simulated',
    },
  ],
  colour: [
    {
      title: 'Colour is the address',
      rule: 'Neighbouring sectors have neighbouring colours, counted at the top of the stack: what merges well is a smooth gradient, what was scattered a comb.',
      section: '5.6',
      where: [],
      honesty: 'simulated',
    },
  ],
  jump: [
    {
      title: 'A jump in time',
      rule: 'Events are nanoseconds apart, then seconds. The story pace shows a silence as a labelled jump; the time that is shown stays the simulated one.',
      section: '6.1, 6.6',
      where: [],
      honesty: 'simulated',
      simplified: ['story-pace'],
    },
  ],
}
