/** Why of the bands of a lane: where it splits, where it merges, where a path is chosen. They differ by mode. */
import type { BandKind } from '../layout/parts.ts'
import { type Answer, fn, rule } from './answer.ts'

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
