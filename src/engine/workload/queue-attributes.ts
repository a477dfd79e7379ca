/** Queue attributes that can be written here; others exist in the kernel and change nothing that is modelled. */
export const QUEUE_ATTRIBUTES: ReadonlySet<string> = new Set([
  'scheduler',
  'max_sectors_kb',
  'nomerges',
  'nr_requests',
  'rq_affinity',
  'read_ahead_kb',
  'wbt_lat_usec',
])
