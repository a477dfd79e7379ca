/** The steps of the CPU's work that the ledger lists, in the order in which an I/O meets them; costs.ts prices them. */
export const CPU_STEPS = [
  'systemCall',
  'ioSubmit',
  'page',
  'reap',
  'bioQueue',
  'split',
  'copyVectors',
  'dmClone',
  'choosePath',
  'mergeAttempt',
  'getRequest',
  'plugAdd',
  'insert',
  'dispatch',
  'requestClone',
  'cloneBio',
  'driverQueue',
  'interrupt',
  'softirqEntry',
  'completeRequest',
  'endBio',
  'contextSwitch',
  'lockSpin',
] as const

export type CpuStep = (typeof CPU_STEPS)[number]
