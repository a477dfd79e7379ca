/**
 * How large a scenario may be. A link or a file may ask for anything; these keep a page and a run of it alive.
 * The numbers are far above what anybody can watch and far below what hurts.
 */
export const LIMITS = {
  /** Characters of a file. */
  text: 4_194_304,
  /** Values in a document, and how deep they nest; both are checked before anything walks recursively. */
  values: 500_000,
  depth: 24,
  devices: 64,
  /** Devices over and under the map, and segments of one. */
  stack: 32,
  segmentsOfVolume: 256,
  cpus: 64,
  /** A lock that takes longer than a millisecond to change hands is none. */
  lockTransferNs: 1_000_000,
  /** A step of a shell takes at most this long. */
  shellStepNs: 60_000_000_000,
  tasks: 64,
  stepsInTask: 10_000,
  itemsInList: 10_000,
  iosInStep: 100_000,
  /** I/Os of all steps together. */
  iosInScenario: 2_000_000,
  /** Outstanding I/Os of one closed loop. */
  depthOfLoop: 4096,
  /** Pieces of one I/O: a bio holds 256 vectors. */
  segments: 256,
  /** Bytes of one direct or buffered I/O; discard and zeroout may cover the device. */
  bytesOfIo: 67_108_864,
  /** 2^48 - 1 sectors is what an event can say; 2^40 is 512 TiB. */
  sectors: 1_099_511_627_776,
  /** One hour. */
  durationNs: 3_600_000_000_000,
  /** What a device or link may carry: from a modem to more than any bus. */
  leastBytesPerS: 10_000,
  mostBytesPerS: 1_000_000_000_000,
  /** Seconds of a transport's timers. */
  transportS: 3_600,
  /** How many times slower a device may become. */
  slowness: 100_000,
  /** Processes of one fio job. */
  fioProcesses: 256,
  /** Characters of a fio job file. */
  fioFile: 100_000,
  name: 32,
  word: 256,
  sentence: 2_000,
  tableLine: 16_384,
  notes: 20_000,
  stops: 200,
  problemsShown: 20,
} as const
