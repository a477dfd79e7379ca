/** Disks that do not exist yet: a rescan finds deleted ones again, under names that the kernel gives out in order. */
import { sdName, type Scenario, type Step } from '../../engine/index.ts'

export interface KnownDisk {
  readonly name: string
  readonly dev: string
  readonly driver: string
}

/** Names that are free while others are in use: each host has one disk, and two tables may hold a former one each. */
const NAMES_PER_HOST = 3

/** The devices of the scenario, what is made of them, and those that its rescans may find. */
export function devicesEver({ devices, setup, tasks, stack = [] }: Scenario): readonly KnownDisk[] {
  const made = stack.map(({ name, dev }) => ({ name, dev, driver: 'dm' }))
  const rescans = [setup, ...tasks.map((task) => task.do)].some((steps) => steps.some(rescansIn))
  if (!rescans) return [...devices, ...made]
  const names = Array.from({ length: Math.min(256, devices.length * NAMES_PER_HOST) }, (_, i) => sdName(i))
  const later = names.filter(({ dev }) => devices.every((device) => device.dev !== dev))
  return [...devices, ...made, ...later.map((disk) => ({ ...disk, driver: 'scsi_debug' }))]
}

function rescansIn(step: Step): boolean {
  return 'rescan' in step || ('repeat_until_done' in step && step.do.some(rescansIn))
}
