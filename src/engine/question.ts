/**
 * What can be asked of a run where it stands. The answer is the text that the tool of that name would print, made from
 * the engine's own state (ask/).
 */
export type Question =
  /** `map`: of that one alone, and without its name in front. */
  | { readonly ask: 'dmsetup_status' | 'dmsetup_table' | 'dmsetup_info'; readonly map?: string }
  | { readonly ask: 'dmsetup_ls' }
  /** `multipath -ll` and `multipathd show topology`. */
  | { readonly ask: 'multipath_ll' }
  /** `multipathd_status`: show maps status. */
  | { readonly ask: 'multipathd_paths' | 'multipathd_maps' | 'multipathd_status' }
  | { readonly ask: 'lsblk' | 'lsblk_topology' }
  /** A file under /sys/block, or a module parameter. */
  | { readonly ask: 'cat'; readonly path: string }
  /** `iostat -x` of the time just before; absent: since the start. */
  | { readonly ask: 'iostat'; readonly interval_ns?: number }
