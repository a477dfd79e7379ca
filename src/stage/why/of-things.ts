/** Why of things that can be pointed at: a path, a group, the map, a queue, a task, and what the page shows of its own. */
import { type Answer, fn, rule } from './answer.ts'

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
