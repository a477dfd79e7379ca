/** Why of what the multipath target and device-mapper decide. */
import type { MultipathEvent } from '../../event-subjects.ts'
import { type EventAnswer, fn } from '../answer.ts'

export const OF_MULTIPATH: Readonly<Record<MultipathEvent, EventAnswer>> = {
  choose_path: {
    rule: 'The current group is asked for a path, by its selector; another one only if it has none left. Bios ask before they merge, requests after.',
    where: [
      fn('dm-mpath.c:choose_pgpath', '4.8', '6.19'),
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
    where: [fn('dm-mpath.c:process_queued_bios', '4.8', '6.19')],
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
}
