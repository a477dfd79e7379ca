/** Options of multipath.conf that decide what multipathd does, under their own names, seconds as there. */
export interface MultipathdOptions {
  /** Seconds between two checks of a path, and how far that may grow while the path is healthy. */
  readonly polling_interval: number
  readonly max_polling_interval: number
  readonly path_checker: 'tur' | 'directio' | 'readsector0' | 'none'
  /** How long a checker waits for an answer. */
  readonly checker_timeout: number
  /** Checks for which I/O is still queued after the last path is lost; absent: the table's feature is left alone. */
  readonly no_path_retry?: 'fail' | 'queue' | number
  /** When to go back to the best group; a number waits for so many seconds. */
  readonly failback: 'manual' | 'immediate' | 'followover' | number
  readonly prio: 'const' | 'alua'
  /** Only group_by_prio changes the groups of the table, when priorities change. */
  readonly path_grouping_policy: 'failover' | 'multibus' | 'group_by_prio'
  /** Written to the FC remote ports when the daemon starts. */
  readonly fast_io_fail_tmo: 'off' | number
  readonly dev_loss_tmo: 'infinity' | number
  /** A path that fails within so many checks after it came back has to pass delay_wait_checks before it is used again. */
  readonly delay_watch_checks: number
  readonly delay_wait_checks: number
}

/** multipath-tools 0.14.3, libmultipath/defaults.h. */
export const MULTIPATHD_DEFAULTS: MultipathdOptions = {
  polling_interval: 5,
  max_polling_interval: 20,
  path_checker: 'tur',
  checker_timeout: 30,
  failback: 'manual',
  prio: 'const',
  path_grouping_policy: 'failover',
  fast_io_fail_tmo: 5,
  dev_loss_tmo: 600,
  delay_watch_checks: 0,
  delay_wait_checks: 0,
}

/** MAX_DEV_LOSS_TMO of libmultipath, which is what `infinity` writes. */
export const MAX_DEV_LOSS_S = 0x7fff_ffff
