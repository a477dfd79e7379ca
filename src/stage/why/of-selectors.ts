/** Why a path is chosen: the selectors of dm-multipath, and the policies of a head of native NVMe multipath. */
import { type Answer, fn, rule } from './answer.ts'

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
