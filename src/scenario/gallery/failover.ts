/** What happens to I/O when paths fail: who retries, what is sent again, where it waits. */
import { DISK, type GalleryScenario } from './entry.ts'

const path = { driver: 'scsi_debug', queue_depth: 16, host_tags: 16, completion: DISK } as const
const smallLimit = { ...path, queue: { max_sectors_kb: 64 } } as const

export const failedPath: GalleryScenario = {
  scenario: 'failed-path',
  about: 'reads at depth 4 while path 1 is failed by message and reinstated later',
  devices: [path, path],
  shell_step_ns: 0,
  tasks: [
    {
      name: 'main',
      cpu: 0,
      do: [{ start: 'admin' }, { io: 'loop', op: 'R', length: 4096, count: 40, depth: 4, span: 1_048_576 }],
    },
    {
      name: 'admin',
      cpu: 1,
      do: [
        { sleep_ns: 350_000 },
        { message: 'fail_path 8:0' },
        { sleep_ns: 350_000 },
        { message: 'reinstate_path 8:0' },
      ],
    },
  ],
  story: {
    title: 'A path fails and comes back',
    summary:
      'What is in flight on the failed path is left alone and ends by itself; only new I/O goes elsewhere. Round-robin puts the returning path first in line.',
    stops: [
      { at: { event: 'fail_path', nth: 1 }, title: 'The path is failed' },
      { at: { event: 'reinstate_path', nth: 1 }, title: 'The path is back' },
    ],
  },
}

export const brokenFragment: GalleryScenario = {
  scenario: 'broken-fragment',
  about: 'one 1 MiB write over paths that take 64 KiB; the first command on path 1 ends with DID_NO_CONNECT',
  devices: [smallLimit, smallLimit],
  dm: {
    table: '0 294912 multipath 3 queue_if_no_path queue_mode {mode} 0 1 1 round-robin 0 2 1 8:0 1 8:16 1',
  },
  setup: [
    {
      inject: {
        device: 'sda',
        command: 'WRITE',
        count: 1,
        host_byte: 1,
        driver_byte: 0,
        status_byte: 0,
        sense_key: 14,
        asc: 0,
        ascq: 0,
      },
    },
  ],
  tasks: [{ do: [{ io: 'batch', op: 'W', length: 1_048_576, count: 1 }, { io: 'wait' }] }],
  story: {
    title: 'One fails: what is sent again?',
    summary:
      'Request mode sends the 64 KiB that failed once more. Bio mode waits for all sixteen pieces and then sends the whole megabyte again, cut afresh on the other path.',
    stops: [
      { at: { event: 'fail_path', nth: 1 }, title: 'The first command has failed, and its path with it' },
      { at: { event: 'rq_requeue', nth: 1, mode: 'rq' }, title: 'Only this request goes back' },
      { at: { event: 'bio_retry', nth: 1, mode: 'bio' }, title: 'The whole clone goes back' },
    ],
  },
}

export const noPathLeft: GalleryScenario = {
  scenario: 'no-path-left',
  about: 'queue_if_no_path: both paths are failed, four reads wait, then path 2 is reinstated',
  devices: [path, path],
  dm: {
    table: '0 294912 multipath 3 queue_if_no_path queue_mode {mode} 0 1 1 round-robin 0 2 1 8:0 1 8:16 1',
  },
  shell_step_ns: 0,
  tasks: [
    {
      name: 'main',
      cpu: 0,
      do: [
        { message: 'fail_path 8:0' },
        { message: 'fail_path 8:16' },
        { start: 'reader' },
        { sleep_ns: 250_000_000 },
        { message: 'reinstate_path 8:16' },
        { join: 'reader' },
      ],
    },
    {
      name: 'reader',
      cpu: 1,
      do: [{ io: 'batch', op: 'R', length: 4096, count: 4, stride: 65_536 }, { io: 'wait' }],
    },
  ],
  story: {
    title: 'No path left: who waits where',
    summary:
      'Request mode puts the requests back and asks again every 100 ms. Bio mode holds the clones in queued_bios, where a worker asks without a pause. Both go on at once when a path returns.',
  },
}

export const mediumError: GalleryScenario = {
  scenario: 'medium-error',
  about: 'a bad sector: reads before, on and after it',
  devices: [
    { ...path, medium_error: { first_sector: 2048, sectors: 8, commands: 'READ' } },
    { ...path, medium_error: { first_sector: 2048, sectors: 8, commands: 'READ' } },
  ],
  tasks: [
    {
      do: [
        { io: 'sync', op: 'R', offset: 0, length: 4096 },
        { io: 'sync', op: 'R', offset: 1_048_576, length: 4096 },
        { io: 'sync', op: 'R', offset: 2_097_152, length: 4096 },
      ],
    },
  ],
  story: {
    title: 'A bad sector is no bad path',
    summary:
      'A medium error would be the same on every path, so it goes up to the application at once; no path is failed.',
  },
}
