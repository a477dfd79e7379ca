/** Why of the kernels and of the ways in which multipath takes I/O. */
import type { QueueMode, TimerKind as Timers } from '../../engine/log/index.ts'
import { TimerKind } from '../../engine/log/index.ts'
import { type Answer, fn, type KernelName } from './answer.ts'
import type { SimplificationKey } from '../simplifications.ts'

const era = (
  kernel: KernelName,
  text: string,
  section: string,
  ...simplified: SimplificationKey[]
): Answer => ({
  title: `Linux ${kernel}`,
  rule: text,
  section,
  where: [],
  honesty: 'rule',
  simplified,
})

export const OF_ERAS: Readonly<Record<KernelName, Answer>> = {
  '2.6.28': era(
    '2.6.28',
    'Bio-based only: a path for each bio, round-robin keeps it for 1000 of them. Every error but two kinds fails the path. Queues plug until 4 requests wait, or for 3 ms.',
    '1.2',
    'legacy',
  ),
  '3.6': {
    ...era(
      '3.6',
      'Request-based only, since 2.6.31: bios merge on the dm device, one request then chooses a path and goes past its scheduler.',
      '1.3',
      'legacy',
    ),
    commit: '76e33fe4e2c4',
  },
  '4.3': {
    ...era(
      '4.3',
      'Request-based. Bios are built as large as possible and cut when they reach a queue, no longer built to fit; the front of a cut still gets vectors of its own, copied.',
      '1.3, 2.1',
      'legacy',
    ),
    commit: '52cc6eead909',
  },
  '4.4': {
    ...era(
      '4.4',
      'Request-based, with blk-mq above where it is asked for; a legacy queue maps every request in a kernel thread (kdmwork).',
      '1.3',
      'legacy',
    ),
    commit: 'bfebd1cdb4',
    published: {
      text: 'NVMe through dm: about 20 % of raw with the legacy queue, about 470k IOPS, equal to raw, with blk-mq',
      source: 'commit bfebd1cdb4, 2015',
    },
  },
  '4.8': {
    ...era(
      '4.8',
      'Bio mode is back, by the feature word queue_mode: fast storage no longer needs larger I/O, and cloning bios had become cheap.',
      '1.4',
      'legacy',
      'selectors',
    ),
    commit: '76e33fe4e2c4',
  },
  '4.14': {
    ...era(
      '4.14',
      "A clone goes to the tail of the path's dispatch list, past its scheduler, and what the path answers does not come back: dm starts requests too early, and they merge badly. From 4.16 it is issued directly, with an answer.",
      '1.5, 3.6',
      'legacy',
    ),
    commit: '396eaf21ee17',
    published: {
      text: 'Direct issue gives up to 3x the sequential throughput of the dispatch list',
      source: 'commit 396eaf21ee17, 2018',
    },
  },
  '4.20': era(
    '4.20',
    'The legacy queue has gone from device-mapper, rq and mq mean the same. Without a hardware handler bio mode keeps its path until that fails.',
    '1.5',
  ),
  '5.4': era(
    '5.4',
    'No legacy block layer (5.0). Without a hardware handler bio mode still does not balance.',
    '1.5, 1.6',
  ),
  '5.10': era(
    '5.10',
    "historical-service-time (5.8) and queue_if_no_path_timeout_secs are there. device-mapper no longer cuts by its own limits in bio mode: the path's queue does.",
    '1.6, 2.5',
  ),
  '5.15': era(
    '5.15',
    'io-affinity is there (5.12). One clone for each submission; what is left is submitted again.',
    '1.6',
  ),
  '6.1': era(
    '6.1',
    'A plug takes 32 requests and hands them out newest first (5.16 to 6.12.0).',
    '1.6, 1.7, 6.2',
  ),
  '6.12': era(
    '6.12',
    "As Debian's 6.12.95 was traced: plugs in order again, and one for each bio outside a caller's plug.",
    '1.8, 6.2, 11',
  ),
  '6.19': era(
    '6.19',
    'The current group is asked before the one that a message named; an attached handler is always kept; 4 MiB is the default of max_sectors.',
    '1.8, 4.5',
  ),
}

export const OF_MODES: Readonly<Record<QueueMode, Answer>> = {
  bio: {
    title: 'bio-based',
    rule: 'First a path, then plug and merge, on the queue of that path. Little software for each I/O; neighbours that take different paths stay apart. A failed clone is retried as a whole.',
    section: '2, 5.6',
    where: [fn('dm-mpath.c:multipath_map_bio', '6.1', '6.1')],
    commit: '76e33fe4e2c4',
    honesty: 'rule',
  },
  rq: {
    title: 'request-based',
    rule: 'First plug and merge, on the dm device, then a path for the whole request. Fewer commands for the devices; requests and their bios are cloned on each attempt. Only what was not complete is retried.',
    section: '3, 5.6',
    where: [fn('dm-mpath.c:multipath_clone_and_map', '5.4', '6.19')],
    honesty: 'rule',
  },
  native: {
    title: 'native NVMe multipath',
    rule: 'The driver itself has a head for each namespace: it sends the bio on to a path without a clone.',
    section: '6.6',
    where: [],
    honesty: 'rule',
    simplified: ['native'],
  },
  single: {
    title: 'a single device',
    rule: 'The first path alone, without multipath: what the block layer does by itself.',
    section: '2.3, 3.1',
    where: [fn('blk-mq.c:blk_mq_submit_bio', '6.1', '6.12')],
    honesty: 'rule',
  },
}

const TIMER_RULES: Readonly<Partial<Record<Timers, string>>> = {
  [TimerKind.requeue]: 'One timer of 100 ms for the whole requeue_list: each delayed requeue moves it.',
  [TimerKind.resource_retry]: 'After a lack of resources the queue runs again after 3 ms.',
  [TimerKind.no_path]: 'queue_if_no_path_timeout_secs: queueing without a path ends then (off by default).',
  [TimerKind.command]: 'A SCSI command has 30 s; a dm request never times out.',
  [TimerKind.pg_init_delay]: 'Before another round of activations 2000 ms pass.',
  [TimerKind.budget_retry]: 'Without a budget of the device the queue runs again after 3 ms.',
  [TimerKind.fast_io_fail]:
    'Until then the transport hopes and holds everything; then all of it fails, and paths are switched.',
  [TimerKind.dev_loss]: 'The port stays away: its devices are removed.',
}

/** Undefined for timers of which the reference has no rule. */
export function timerAnswer(kind: number, title: string): Answer | undefined {
  const text = TIMER_RULES[kind as Timers]
  return text === undefined
    ? undefined
    : { title, rule: text, section: '4.8, 6.1, 6.6', where: [], honesty: 'rule' }
}
