/** A job of fio, as a step states it: fio's own names, bytes and nanoseconds. */
import * as v from 'valibot'
import type { FioJob } from '../../engine/index.ts'
import { LIMITS } from '../limits.ts'
import { FIO_ENGINES, FIO_PATTERNS, FIO_VERIFY_METHODS } from '../fio/words.ts'
import { fields, listOf, oneOf, text, whole, yesOrNo } from './primitives.ts'

const optional = v.exactOptional
const block = whole(1, LIMITS.bytesOfIo)
const bytes = whole(0, LIMITS.sectors * 512)
const duration = whole(0, LIMITS.durationNs)
const depth = whole(1, LIMITS.depthOfLoop)
const percent = whole(0, 100)
const perSecond = whole(1, Number.MAX_SAFE_INTEGER)

function isObject(input: unknown): boolean {
  return typeof input === 'object' && input !== null
}

/** One number, or one for each direction. */
const blockSize = v.lazy((input) => (isObject(input) ? fields({ read: block, write: block }) : block))
const rate = v.lazy((input) =>
  isObject(input) ? fields({ read: optional(perSecond), write: optional(perSecond) }) : perSecond,
)

export const fioJob: v.GenericSchema<unknown, FioJob> = fields({
  name: optional(text(LIMITS.word)),
  rw: oneOf(FIO_PATTERNS),
  bs: blockSize,
  bssplit: optional(listOf(fields({ bytes: block, percent: whole(1, 100) }), 1, 64)),
  ioengine: optional(oneOf(FIO_ENGINES)),
  iodepth: optional(depth),
  iodepth_batch: optional(depth),
  iodepth_batch_complete: optional(depth),
  iodepth_low: optional(depth),
  numjobs: optional(whole(1, LIMITS.fioProcesses)),
  direct: optional(yesOrNo),
  fsync: optional(whole(0, LIMITS.iosInStep)),
  end_fsync: optional(yesOrNo),
  rate: optional(rate),
  rate_iops: optional(rate),
  thinktime_ns: optional(duration),
  thinktime_blocks: optional(whole(1, LIMITS.iosInStep)),
  rwmixread: optional(percent),
  offset: optional(bytes),
  offset_increment: optional(bytes),
  size: optional(whole(1, LIMITS.sectors * 512)),
  loops: optional(whole(1, LIMITS.iosInStep)),
  verify: optional(oneOf(FIO_VERIFY_METHODS)),
  do_verify: optional(yesOrNo),
  verify_fatal: optional(yesOrNo),
  time_based: optional(yesOrNo),
  runtime_ns: optional(whole(1, LIMITS.durationNs)),
  startdelay_ns: optional(duration),
  norandommap: optional(yesOrNo),
  randseed: optional(whole(0, Number.MAX_SAFE_INTEGER)),
  stonewall: optional(yesOrNo),
})
