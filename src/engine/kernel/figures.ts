/**
 * Figures measured on a real kernel, and how each was taken: what costs.ts and sizes.ts are derived from.
 *
 * The files are tests/kernel-traces/costs.json and structs.json; `key` is the place in the file, its parts separated by
 * blanks. Times are instructions of a counted emulator (one a nanosecond, fio included, no caches, no contention):
 * differences between them say what a layer adds; as times of a real CPU they are no more than a scale.
 */
export interface Figure {
  readonly value: number
  readonly unit: 'ns' | 'bytes' | 'share'
  readonly file: 'costs.json' | 'structs.json' | 'README.md'
  readonly key: string
  readonly kernel: '6.12.95'
  readonly method: 'icount' | 'type information'
}

/** One I/O of `job` over `device` (nullb0 itself, or a map over it): time in all, or what it takes more than nullb0. */
function perIo(value: number, key: string): Figure {
  return { value, unit: 'ns', file: 'costs.json', key, kernel: '6.12.95', method: 'icount' }
}

export function structSize(value: number, key: string): Figure {
  return {
    value,
    unit: 'bytes',
    file: 'structs.json',
    key,
    kernel: '6.12.95',
    method: 'type information',
  }
}

export type CalibrationName =
  | 'randomRaw'
  | 'randomLinear'
  | 'randomBio'
  | 'randomRq'
  | 'batchRaw'
  | 'batchBio'
  | 'batchRq'
  | 'batchBioScattered'
  | 'largeRaw'
  | 'randomRawInterrupt'
  | 'schedulerShare'

/** What the costs are calibrated on. Everything else in costs.json is left for checking (tests/costs.test.ts). */
export const CALIBRATION: Readonly<Record<CalibrationName, Figure>> = {
  /** 4 KiB random reads at depth 32, one path. */
  randomRaw: perIo(8994, 'runs icount irqmode=0 rr4k nullb0 wallNsPerIo'),
  randomLinear: perIo(1965, 'runs icount irqmode=0 rr4k lin addedNsPerIo'),
  randomBio: perIo(2493, 'runs icount irqmode=0 rr4k mpbio1 addedNsPerIo'),
  randomRq: perIo(2924, 'runs icount irqmode=0 rr4k mprq1 addedNsPerIo'),
  /** 4 KiB sequential writes in batches of 16; the last one over four paths, where nothing merges any more. */
  batchRaw: perIo(6111, 'runs icount irqmode=0 sw4kb16 nullb0 wallNsPerIo'),
  batchBio: perIo(2326, 'runs icount irqmode=0 sw4kb16 mpbio1 addedNsPerIo'),
  batchRq: perIo(1057, 'runs icount irqmode=0 sw4kb16 mprq1 addedNsPerIo'),
  batchBioScattered: perIo(3618, 'runs icount irqmode=0 sw4kb16 mpbio4 addedNsPerIo'),
  /** 128 KiB sequential reads: 32 pages, two requests of null_blk's 127.5 KiB. */
  largeRaw: perIo(38_173, 'runs icount irqmode=0 sr128k nullb0 wallNsPerIo'),
  /** As randomRaw, each I/O ended by a timer's interrupt. */
  randomRawInterrupt: perIo(10_143, 'runs icount irqmode=2 rr4k nullb0 wallNsPerIo'),
  /** rr4k in rq mode takes this much more with mq-deadline on the dm device than with none. */
  schedulerShare: {
    value: 0.14,
    unit: 'share',
    file: 'README.md',
    key: 'Costs and sizes',
    kernel: '6.12.95',
    method: 'icount',
  },
}
