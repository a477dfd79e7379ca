/** Why a command may not be larger: the limits of a queue, by the name that the sentences use (limitName). */
import { type Answer, fn, rule } from './answer.ts'

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
