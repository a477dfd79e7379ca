/**
 * What can be asked of a run where it stands. The answer is the text that the tool of that name would print, made from
 * the engine's own state (ask/).
 */
export type Question =
  | { readonly ask: 'dmsetup_status' | 'dmsetup_table' | 'dmsetup_ls' | 'dmsetup_info' }
  /** `multipath -ll` and `multipathd show topology`. */
  | { readonly ask: 'multipath_ll' }
  | { readonly ask: 'multipathd_paths' | 'multipathd_maps' }
  | { readonly ask: 'lsblk' | 'lsblk_topology' }
  /** A file under /sys/block, or a module parameter. */
  | { readonly ask: 'cat'; readonly path: string }
  /** `iostat -x` from a moment on; absent: since the start. */
  | { readonly ask: 'iostat'; readonly since_ns?: number }
