/** What the kernel of a run traces, from its profile. */
import { DEFAULT_KERNEL, KERNELS, type KernelProfile } from '../engine/index.ts'
import { EventKind } from '../engine/log/index.ts'

export function profileOf(kernel: string): KernelProfile {
  return KERNELS.get(kernel) ?? KERNELS.get(DEFAULT_KERNEL)!
}

/** False for tracepoints that came later than this kernel; the log has their events all the same. */
export function tracesKind(profile: KernelProfile, kind: number): boolean {
  switch (kind) {
    case EventKind.rq_merge:
      return profile.rqMergeEvent
    case EventKind.rq_error:
      return profile.rqErrorEvent
    case EventKind.dm_split:
      return profile.dmSplitEvent !== 'none'
    default:
      return true
  }
}

/** The two sectors of an X that device-mapper itself emits; 32 bits of the second. */
export function dmSplit(
  { dmSplitEvent }: KernelProfile,
  { sector, object }: { readonly sector: number; readonly object: number },
): { readonly first: number; readonly rest: number } {
  return { first: dmSplitEvent === 'front' ? sector - object : sector, rest: sector % 2 ** 32 }
}
