/**
 * The profile a run uses: a kernel by name, in a mode that it has, changed by the module parameters that choose between
 * its block layers (scsi_mod.use_blk_mq, dm_mod.use_blk_mq).
 */
import { ScenarioError } from '../error.ts'
import type { DmQueueMode, QueueMode } from '../log/index.ts'
import type { KernelProfile, QueueKind } from './profile.ts'
import { KERNELS, kernelsWith } from './versions.ts'

type Parameters = Readonly<Record<string, number>>

/** For a version that is none of ours. No nearest one: 2.4 is not a slip of 4.4. */
export const KERNEL_REMEDY: string = `use one of ${[...KERNELS.keys()].join(', ')}`

/** @throws ScenarioError when there is no such kernel, it has not this mode, or not a parameter that is set. */
export function chooseKernel(version: string, mode: QueueMode, parameters: Parameters): KernelProfile {
  const profile = KERNELS.get(version)
  if (profile === undefined) {
    throw new ScenarioError('kernel', `"${version}" is not modelled`, KERNEL_REMEDY)
  }
  checkMode(profile, mode)
  checkNoPathTimeout(profile, parameters)
  return {
    ...profile,
    scsiQueues: chosenFirst(profile, profile.scsiQueues, 'scsi_mod.use_blk_mq', parameters),
    upperQueues: chosenFirst(profile, profile.upperQueues, 'dm_mod.use_blk_mq', parameters),
  }
}

const MODE_NAMES: Readonly<Record<QueueMode, string>> = {
  bio: 'bio-based multipath',
  rq: 'request-based multipath',
  native: 'native NVMe multipath',
  single: 'device without multipath',
}

/** The mode in which a table line is read: of the map, or of the map that another stack stands in for. */
export function tableMode({ modes }: KernelProfile, mode: QueueMode): DmQueueMode {
  return mode === 'bio' || mode === 'rq' ? mode : modes[0]!
}

/** A file says for which modes of the map it is meant; to compare, the stacks without one can be tried with any. */
export function isMeantFor({ modes }: { readonly modes: readonly QueueMode[] }, mode: QueueMode): boolean {
  return mode === 'native' || mode === 'single' || modes.includes(mode)
}

/** Whether a kernel has what a mode asks for; a device alone is there always. */
export function kernelHas({ modes, ioPolicies }: KernelProfile, mode: QueueMode): boolean {
  switch (mode) {
    case 'bio':
    case 'rq':
      return modes.includes(mode)
    case 'native':
      return ioPolicies.length > 0
    case 'single':
      return true
  }
}

function checkMode(profile: KernelProfile, mode: QueueMode): void {
  if (kernelHas(profile, mode)) return
  const others = kernelsWith((other) => kernelHas(other, mode))
  throw new ScenarioError(
    'kernel',
    `${profile.version} has no ${MODE_NAMES[mode]}`,
    `use mode ${profile.modes.join(' or ')}, or kernel ${others}`,
  )
}

function checkNoPathTimeout({ version, hasNoPathTimeout }: KernelProfile, parameters: Parameters): void {
  const name = 'dm_multipath.queue_if_no_path_timeout_secs'
  if (hasNoPathTimeout || (parameters[name] ?? 0) === 0) return
  const others = kernelsWith((other) => other.hasNoPathTimeout)
  throw new ScenarioError(
    `module_parameters.${name}`,
    `kernel ${version} has no such parameter`,
    `leave it out, or use kernel ${others}`,
  )
}

/** The kinds of queue with the one that a parameter asks for in front. */
function chosenFirst(
  { version }: KernelProfile,
  kinds: readonly QueueKind[],
  name: string,
  parameters: Parameters,
): readonly QueueKind[] {
  const value = parameters[name]
  if (value === undefined) return kinds
  const wanted: QueueKind = value === 0 ? 'legacy' : 'mq'
  if (kinds.includes(wanted)) return [wanted, ...kinds.filter((kind) => kind !== wanted)]
  throw new ScenarioError(
    `module_parameters.${name}`,
    `kernel ${version} has no ${wanted === 'mq' ? 'blk-mq' : 'legacy'} queue there`,
    'leave the parameter out',
  )
}
