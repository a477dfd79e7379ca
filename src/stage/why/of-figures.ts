/** Why of figures: the scoreboard, the charts, what an I/O cost. Each says whether it is simulated, measured or published. */
import { type Answer, fn } from './answer.ts'
import type { SimplificationKey } from '../simplifications.ts'

const simulated = (
  title: string,
  text: string,
  section: string,
  where: Answer['where'],
  ...simplified: SimplificationKey[]
): Answer => ({ title, rule: text, section, where, honesty: 'simulated', simplified })

const updateRequest = fn('blk-mq.c:blk_update_request', '6.1', '6.1')
const splitFn = fn('blk-merge.c:bio_split_rw', '6.1', '6.1')
const plugMerge = fn('blk-merge.c:blk_attempt_plug_merge', '5.10', '6.1')
const issueFn = fn('blk-mq.c:__blk_mq_try_issue_directly', '6.1', '6.1')

const SIZES =
  'In bio mode neighbours take different paths and cannot merge, so commands stay as small as the bios; in request mode they merge first.'

/** By the key of the scoreboard's row (scoreboard.ts). */
export const OF_SCORES: Readonly<Record<string, Answer>> = {
  commands: {
    ...simulated('Commands', `D events on the paths: requests given to a device. ${SIZES}`, '5.6, 7.3', [
      issueFn,
    ]),
    published: {
      text: '674.80 bios a second became 91.27 requests at the multipath device and 91.50 at the path, in request mode.',
      source: 'sar on CentOS 6.4, about 2013, excerpt',
    },
  },
  avg_size: simulated('Average size', `Sectors of all commands over their number. ${SIZES}`, '5.6', [
    issueFn,
  ]),
  merges: simulated(
    'Merges',
    'M and F events, and whole requests that were joined. A bio joins a request that ends where it begins, or begins where it ends, if nothing forbids it.',
    '3.2, 3.3',
    [plugMerge],
    'merging',
  ),
  splits: simulated(
    'Splits',
    'X events: a bio was larger than a limit of the queue it reached. N pieces are N - 1 cuts.',
    '2.5, 7.3',
    [splitFn],
    'limits',
  ),
  bio_clones: simulated(
    'Bio clones',
    'In bio mode one for each bio; in request mode one for each bio of the request, on each attempt. Pages are shared, never copied.',
    '2.1, 3.6, 8.2',
    [fn('dm.c:alloc_io', '6.1', '6.19'), fn('blk-mq.c:blk_rq_prep_clone', '6.1', '6.1')],
    'memory',
  ),
  rq_clones: simulated(
    'Request clones',
    'One for each attempt of a request on a path. Bio mode makes none: its clones become requests of the path.',
    '3.5, 3.6',
    [fn('dm-mpath.c:multipath_clone_and_map', '5.4', '6.19')],
    'memory',
  ),
  requeues: simulated(
    'Requeues',
    'R events and clones that the retry worker mapped again: something could not go on, or came back with an error of its path.',
    '3.5, 4.7, 6.5',
    [
      fn('blk-mq.c:blk_mq_requeue_request', '6.1', '6.12'),
      fn('dm-mpath.c:process_queued_bios', '4.8', '6.19'),
    ],
    'retry-worker',
  ),
  errors: simulated(
    'Errors',
    'Requests that ended with an error, on a path or on the dm device. Errors of the path are tried on another one; medium errors and their like go up at once.',
    '4.7, 6.6',
    [updateRequest, fn('blk_types.h:blk_path_error', '4.20', '6.19')],
    'disks',
    'transports',
  ),
  p99: simulated(
    'p99 latency',
    '99 of 100 I/Os took no longer, from the submission by the application to its end. Device times are those of the scenario, CPU times those of the cost table.',
    '8.2',
    [],
    'cpu-costs',
    'disks',
  ),
}

/** By the id of the chart (charts.ts). */
export const OF_CHARTS: Readonly<Record<string, Answer>> = {
  sizes: simulated(
    'Request sizes',
    `Commands given to paths by their size. ${SIZES}`,
    '5.6',
    [issueFn],
    'merging',
  ),
  load: simulated(
    'Load of each path',
    'Commands in flight on each path over time, counted from the log. Selectors see it as I/Os or bytes between start_io and end_io.',
    '5',
    [fn('dm-mpath.c:choose_pgpath', '4.8', '6.19')],
    'disks',
  ),
  latency: {
    ...simulated(
      'Latency',
      'From the submission by the application to its end, for each I/O that ended in the range. Percentiles are exact.',
      '8.2',
      [],
      'cpu-costs',
      'disks',
    ),
    published: {
      text: 'when a port is cut, fio stalls for 5 to 15 s (iSCSI, 8 paths)',
      source: 'fio issue 1886, 2025, excerpt',
    },
  },
  heat: simulated(
    'Latency over time',
    'The same latencies by the moment of their end; a cell has the colour of the path that was in it most.',
    '8.2',
    [],
    'cpu-costs',
    'disks',
  ),
  addresses: simulated(
    'Addresses over time',
    'Where on the device each command went, and when, by path: stripes show neighbours that took different paths.',
    '5.6',
    [issueFn],
  ),
  merges: simulated(
    'Merges so far',
    'M and F events and joined requests, added up over time.',
    '3.2',
    [plugMerge],
    'merging',
  ),
  tags: simulated(
    'Tags in use',
    'Tags that requests hold on each queue. A full row means that the next one sleeps or goes back.',
    '2.10, 6.3',
    [fn('blk-mq.c:blk_mq_get_new_requests', '6.1', '6.1')],
  ),
  cpu: {
    title: 'CPU time',
    rule: 'Steps counted in this run, times what each takes. The sums were measured on 6.12.95 by counting instructions, one a nanosecond; how a sum divides over its steps is assumed, and marked so.',
    section: '8',
    where: [],
    honesty: 'measured',
    simplified: ['cpu-costs', 'cpu'],
  },
  memory: {
    title: 'Memory',
    rule: 'Bytes of the objects that are alive: bios, clones, fragments, requests, each with its size in 6.12.95. Requests are preallocated with their tags; here the ones in use count.',
    section: '8.2',
    where: [],
    honesty: 'measured',
    simplified: ['memory'],
  },
}

export const OF_INSPECTOR: Readonly<Record<string, Answer>> = {
  stages: simulated(
    'Time by stage',
    'The way of the I/O that ended last, cut at the letters of blktrace: Q reaches a queue, G is or joins a request, I enters the scheduler, D is given to the device, C completed. The spans add up to the latency.',
    '7.1, 7.3',
    [],
    'cpu-costs',
    'disks',
  ),
  sent: simulated(
    'What was sent for it',
    'Bytes of this I/O in all commands that devices were given. Bio mode repeats the whole clone when a piece of it fails, request mode only what was not complete.',
    '2.8, 3.8, 9',
    [fn('dm-mpath.c:process_queued_bios', '4.8', '6.19'), fn('dm-rq.c:dm_done', '6.1', '6.1')],
  ),
  cost: {
    title: 'CPU time of this I/O',
    rule: 'Steps counted for it, its share of requests that it was in with others, times what each step takes. Sums measured on 6.12.95, their division over the steps assumed.',
    section: '8',
    where: [],
    honesty: 'measured',
    simplified: ['cpu-costs'],
  },
  bytes: {
    title: 'Objects in memory',
    rule: 'The objects of this I/O at its fullest moment, with the sizes of 6.12.95: a bio clone of dm takes 384 bytes of its slab, a dm request with its two pdus 392, a cloned bio of a request 192.',
    section: '8.2',
    where: [],
    honesty: 'measured',
    simplified: ['memory'],
  },
}
