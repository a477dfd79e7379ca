/**
 * Where multipathd meets the machine: what the real one reads and does, and nothing else. It sees answers of disks, the
 * text of dmsetup and uevents; it acts by commands.
 */
import type { PathDevice } from '../drivers/path-device.ts'
import type { Machine } from '../machine.ts'
import type { Step } from '../scenario.ts'
import type { Context, Steps } from '../sim/cpu.ts'

type DmsetupCommand = Extract<
  Step,
  | { readonly message: string }
  | { readonly load: string }
  | { readonly suspend: unknown }
  | { readonly resume: true }
>

export interface MultipathdWorld {
  readonly m: Machine
  /** Index of the map in the log. */
  readonly mapIndex: number
  /** `dmsetup status` of the map. */
  readonly status: string
  /** A table line over the disks that the scenario's devices are now, also those found anew. */
  overPresentDisks(line: string): string
  /** The disk with this number. */
  disk(dev: string): PathDevice | undefined
  /** Carries out a dmsetup command, logged as it would be typed. */
  command(ctx: Context, step: DmsetupCommand): Steps
}
