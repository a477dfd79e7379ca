/** A KOBJ_CHANGE event of a multipath map: drivers/md/dm-uevent.c:dm_path_uevent. */
export interface PathEvent {
  /** DM_ACTION */
  readonly action: 'PATH_FAILED' | 'PATH_REINSTATED'
  /** DM_PATH, `major:minor` */
  readonly dev: string
}
