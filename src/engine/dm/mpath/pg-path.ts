/** struct pgpath and struct priority_group (drivers/md/dm-mpath.c). */
import type { HandledDevice } from '../../drivers/path-device.ts'
import type { PathSelector } from '../selectors/path-selector.ts'

export interface PriorityGroup {
  /** From 1, in the order of the table. */
  readonly number: number
  readonly selector: PathSelector
  readonly paths: PgPath[]
  bypassed: boolean
}

export class PgPath {
  readonly device: HandledDevice
  readonly group: PriorityGroup
  isActive = true
  failCount = 0
  /** Its activation is ordered (activate_path is pending). */
  activating = false

  constructor(device: HandledDevice, group: PriorityGroup) {
    this.device = device
    this.group = group
  }
}
