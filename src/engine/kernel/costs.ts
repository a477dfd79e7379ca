/**
 * CPU time of the steps, in nanoseconds: assumptions, scaled so that a whole 4 KiB I/O costs about what the instruction
 * counts of costs.json say at one instruction per nanosecond (raw null_blk about 9 µs with the application included,
 * bio mode +28 %, request mode +32 %). They give every event a time of its own; order and counts never depend on them.
 */
export interface StepCosts {
  readonly ioSubmit: number
  readonly bioQueue: number
  readonly dmClone: number
  readonly choosePath: number
  readonly split: number
  readonly mergeAttempt: number
  readonly getRequest: number
  readonly plugAdd: number
  readonly insert: number
  readonly dispatch: number
  readonly requestClone: number
  readonly cloneBio: number
  readonly driverQueue: number
  readonly softirqEntry: number
  readonly completeRequest: number
  readonly endBio: number
  readonly contextSwitch: number
  readonly reap: number
  /** A step of an administrator's shell: dmsetup, echo into sysfs. */
  readonly command: number
}

const BASE: StepCosts = {
  ioSubmit: 1200,
  bioQueue: 250,
  dmClone: 500,
  choosePath: 250,
  split: 400,
  mergeAttempt: 150,
  getRequest: 450,
  plugAdd: 60,
  insert: 250,
  dispatch: 200,
  requestClone: 600,
  cloneBio: 150,
  driverQueue: 900,
  softirqEntry: 500,
  completeRequest: 700,
  endBio: 200,
  contextSwitch: 1500,
  reap: 300,
  command: 50_000,
}

/** Every cost times `scale`, in whole nanoseconds; 0 makes the CPU infinitely fast. */
export function stepCosts(scale: number): StepCosts {
  return Object.fromEntries(
    Object.entries(BASE).map(([step, ns]) => [step, Math.round((ns as number) * scale)]),
  ) as unknown as StepCosts
}
