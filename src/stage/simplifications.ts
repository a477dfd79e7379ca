/** What the model leaves out, in plain sentences; the help shows them all. */
export const SIMPLIFICATIONS: readonly string[] = [
  'CPU costs are parameters, not measurements of your machine; order and counts do not depend on them.',
  'A device serves each command in a fixed time; there is no seek, no cache, no link.',
  'Memory is never short: every clone and every request is allocated at once.',
  'Interrupts and softirqs come at the moment they are due; a real kernel may be late.',
  'The page cache, file systems and partitions above the dm device are not there yet.',
  'Schedulers kyber and bfq, cgroups, I/O priorities and writeback throttling are not modelled.',
  'The story pace stretches what matters and shrinks silences; the time shown is always the simulated time.',
]
