/**
 * struct dm_target and struct target_type (include/linux/device-mapper.h): one line of a table at work. The cores of
 * device-mapper (dm-bio.ts, dm-rq.ts) know targets by this alone.
 */
import type { BlockDevice } from '../block/block-device.ts'
import type { Request } from '../block/request.ts'
import type { BlkStatus, MapResult } from '../log/index.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import type { Spinlock } from '../sim/spinlock.ts'
import type { DmTargetIo } from './dm-io.ts'

export interface Target {
  readonly typeName: TargetTypeName
  /** ti->begin, ti->len */
  readonly startSector: number
  readonly sizeSectors: number
  /** ti->flush_bypasses_map */
  readonly flushBypassesMap: boolean
  /** Only a target that can take requests. */
  readonly requests?: RequestTarget
  /** ti->type->iterate_devices */
  readonly devices: readonly BlockDevice[]
  /** Bios that the target itself holds back. */
  readonly held: number
  /** Held while mapping, in kernels that lock it. */
  readonly lock?: Spinlock | undefined
  /** CPU time of `map`, for the costs of a run. */
  readonly mapCostNs: number
  /** ti->type->map: turns the clone to another device (REMAPPED), keeps it (SUBMITTED), or says why not. */
  map(tio: DmTargetIo, ctx: Context): MapResult
  /** ti->type->end_io; a target without one lets every status pass. */
  endIo?(tio: DmTargetIo): EndIoVerdict
  /** ti->type->presuspend */
  presuspend?(noflush: boolean): void
  /** ti->type->postsuspend; `wait` sleeps until something may have changed. */
  postsuspend?(wait: () => Steps): Steps
  /** ti->type->resume */
  resume?(): void
  /** ti->type->message: '' or the error the tool would print. */
  message(text: string): string
  /** ti->type->status, STATUSTYPE_INFO and STATUSTYPE_TABLE, with start, length and type in front. */
  readonly infoLine: string
  readonly tableLine: string
  /** ti->type->dtr */
  destroy?(): void
}

export type TargetTypeName = 'multipath' | 'linear'

/** DM_ENDIO_* */
export type EndIoVerdict =
  | { readonly kind: 'done'; readonly status: BlkStatus }
  /** The target keeps the clone. */
  | { readonly kind: 'incomplete' }
  /** The original goes back to the dm device's deferred list. */
  | { readonly kind: 'requeue' }

/** What a target keeps with a clone or a request (dm_per_bio_data, map_context->ptr). */
export interface TargetData {
  /** The target's alone. */
  perIo: unknown
}

/** The half of a target type that request-based device-mapper uses. */
export interface RequestTarget {
  /** Held for each look at `busy` and for mapping, in kernels that lock it. */
  readonly lock: Spinlock | undefined
  /** ti->type->busy */
  readonly busy: boolean
  /** Whether the target keeps what it cannot map now (3.6), or gives it back. */
  readonly keepsRequests: boolean
  /** ti->type->clone_and_map_rq: REMAPPED with a clone that holds a tag of a lower queue, or why not. */
  cloneAndMap(
    rq: Request,
    data: TargetData,
    cpuNumber: number,
  ): { readonly result: MapResult; readonly clone: Request | undefined }
  /** ti->type->release_clone_rq; `undo` while still mapping. */
  releaseClone(clone: Request, data: TargetData, undo: boolean): void
  /** ti->type->rq_end_io */
  endIo(clone: Request, data: TargetData, status: BlkStatus): 'done' | 'requeue' | 'delay-requeue'
}
