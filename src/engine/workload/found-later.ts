/** Disks that do not exist at the start: a rescan finds deleted ones again, under names that the kernel gives out in order. */
import { type DiskName, SD_DISKS, sdName } from '../drivers/sd-name.ts'
import type { Scenario, Step } from '../scenario.ts'

/** Disks that a rescan may find: each host has at most one that is there and two that tables still hold. */
export function foundLater({ devices, setup, tasks }: Scenario): readonly DiskName[] {
  const rescans = [setup, ...tasks.map((task) => task.do)].some((steps) => steps.some(rescansIn))
  return rescans ? Array.from({ length: Math.min(SD_DISKS, devices.length * 3) }, (_, i) => sdName(i)) : []
}

function rescansIn(step: Step): boolean {
  return 'rescan' in step || ('repeat_until_done' in step && step.do.some(rescansIn))
}
