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
    default:
      return true
  }
}
