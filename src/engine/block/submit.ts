/**
 * Submission of bios: block/blk-core.c:submit_bio_noacct and __submit_bio_noacct (generic_make_request in older kernels).
 * A task never runs two submissions nested: bios submitted meanwhile are collected and taken depth first, those for lower
 * devices before those for the same one; 4.8 and older take them in the order in which they came.
 *
 * Simplified: no throttling, no zones, no integrity; checks that a validated scenario cannot fail are left out.
 */
import { BlkStatus, Op, opOf, type Rwbs, RwbsFlag } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import { type Bio, bioEndio, emitBioQueue } from './bio.ts'
import { finishPlug, startPlug } from './blk-mq-plug.ts'
import { Partition } from './partition.ts'

/** current->bio_list: what was submitted while another submission of this task is under way. */
export interface BioList {
  fresh: Bio[]
}

/** submit_bio, submit_bio_noacct */
export function* submitBio(m: Machine, ctx: Context, bio: Bio): Steps {
  if (!passesChecks(m, bio)) return
  if (!bio.traceCompletion) {
    if (bio.pages > 0 && ctx.spend(m.costs.page * bio.pages)) yield
    emitBioQueue(m, bio)
    bio.traceCompletion = true
    if (ctx.spend(m.costs.bioQueue)) yield
  }
  if (ctx.bioList) {
    ctx.bioList.fresh.push(bio)
    return
  }
  if (bio.device.hasSubmitBio && m.profile.bioListOrder === 'depth-first')
    yield* submitDepthFirst(m, ctx, bio)
  else yield* submitInOrder(m, ctx, bio)
}

/** The tests that end a bio before it is queued: device gone, flush to a device without cache, operation not supported. */
function passesChecks(m: Machine, bio: Bio): boolean {
  if (!bio.device.alive) return end(m, bio, BlkStatus.IOERR)
  if (bio.device instanceof Partition) bio.device.remap(m, bio)
  const { device } = bio
  const { limits } = device.queue
  if ((bio.rwbs & (RwbsFlag.PREFLUSH | RwbsFlag.FUA)) !== 0 && !limits.writeCache) {
    bio.rwbs = (bio.rwbs & ~(RwbsFlag.PREFLUSH | RwbsFlag.FUA)) as Rwbs
    if (bio.sizeSectors === 0) return end(m, bio, BlkStatus.OK)
  }
  const op = opOf(bio.rwbs)
  if (op === Op.DISCARD && limits.maxDiscardSectors === 0) return end(m, bio, BlkStatus.NOTSUPP)
  if (op === Op.WRITE_ZEROES && limits.maxWriteZeroesSectors === 0) return end(m, bio, BlkStatus.NOTSUPP)
  return true
}

function end(m: Machine, bio: Bio, status: BlkStatus): false {
  bio.status = status
  bioEndio(m, bio)
  return false
}

/** __submit_bio_noacct, for a bio-based device on top. */
function* submitDepthFirst(m: Machine, ctx: Context, first: Bio): Steps {
  const list: BioList = { fresh: [] }
  ctx.bioList = list
  let waiting: Bio[] = []
  let bio: Bio | undefined = first
  while (bio) {
    const { device }: Bio = bio
    yield* submitOne(m, ctx, bio)
    const { fresh } = list
    if (fresh.length === 1 && waiting.length === 0) {
      bio = fresh.pop() // nothing to put in order
      continue
    }
    if (fresh.length > 0) {
      list.fresh = []
      const lower = fresh.filter((b) => b.device !== device)
      const same = fresh.filter((b) => b.device === device)
      waiting = lower.concat(same, waiting)
    }
    bio = waiting.shift()
  }
  ctx.bioList = undefined
}

/** __submit_bio_noacct_mq, for a device with requests on top, and all there was to 4.8: first in, first out. */
function* submitInOrder(m: Machine, ctx: Context, first: Bio): Steps {
  const list: BioList = { fresh: [] }
  ctx.bioList = list
  let bio: Bio | undefined = first
  while (bio) {
    yield* submitOne(m, ctx, bio)
    bio = list.fresh.shift()
  }
  ctx.bioList = undefined
}

/** __submit_bio: outside a caller's plug, newer kernels open one for this bio alone. */
function* submitOne(m: Machine, ctx: Context, bio: Bio): Steps {
  const own = m.profile.plugsEveryBio && startPlug(ctx)
  yield* bio.device.submitBio(ctx, bio)
  if (own) yield* finishPlug(m, ctx)
}
