/** What the model leaves out, in plain sentences; the help shows them all. */
export const SIMPLIFICATIONS: readonly string[] = [
  'CPU costs are parameters, not measurements of your machine; order and counts do not depend on them.',
  'A disk does one command at a time in order of arrival; the cache of an array is a ratio of hits, and destaging costs nothing.',
  'A lost link gives its commands back at once; FC and iSCSI have one device per port or session; a SAS device whose cable is out is removed at once.',
  'The SCSI error handler stops one disk, not a whole host; its resets take 10 s each while the device is silent and cure nothing.',
  'multipathd asks paths without taking room in their queues and reads priorities in no time; a deleted disk stays in the map as a failed path until it is found again.',
  'Each path is a port group of its own for ALUA; rdac, emc and hp_sw are reduced to a LUN that one controller owns.',
  'Memory is never short: every clone and every request is allocated at once.',
  'Interrupts and softirqs come at the moment they are due; a real kernel may be late.',
  'The page cache is reduced to readahead and fsync: no background writeback, no memory pressure, no file system.',
  'kyber, bfq and the old cfq are reduced to merging and a plain order; cgroups, I/O priorities and writeback throttling are not modelled.',
  'A CPU serves interrupts, then kblockd, then everything else, first come first served; there are no time slices.',
  'The retry worker of a device without paths asks without a pause; here it asks once and then when something changes.',
  'Steps of a shell in a scenario take as long as on the traced machine, 40 ms and more, unless the scenario says otherwise.',
  'fio draws its offsets from a generator of ours; data is marked, not stored, so every verify method is the same comparison of marks.',
  'A disk that a rescan finds is there at once: the reading of its partition table is not shown, and its row on the stage is that of no device.',
  'The story pace stretches what matters and shrinks silences; the time shown is always the simulated time.',
]
