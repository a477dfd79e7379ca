/**
 * Cutting a bio that is too large for a queue: block/blk-merge.c:bio_submit_split, block/bio.c:bio_split, bio_chain.
 * The front becomes a bio of its own, chained to the original object, which keeps the rest and is submitted again.
 */
import { EventKind } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import { Bio, emitBioQueue } from './bio.ts'
import type { RequestQueue } from './request-queue.ts'
import { splitToLimits } from './split.ts'

/** Returns what goes on now: the front where a cut was necessary (X), else the bio itself. */
export function* splitBio(m: Machine, ctx: Context, bio: Bio, queue: RequestQueue): Steps<Bio> {
  const cut = splitToLimits(bio, queue.limits)
  if (cut === undefined) return bio
  const { sector, buffer, bufferAt } = bio
  const front = new Bio(
    m.nextId(),
    bio.id,
    bio.device,
    bio.rwbs,
    { sector, sizeSectors: cut.sectors, buffer, bufferAt },
    bio.owner,
  )
  front.failfastTransport = bio.failfastTransport
  front.noMerge = true
  front.traceCompletion = bio.traceCompletion
  front.chainedTo = bio
  bio.remaining++
  m.log.emit(EventKind.split, queue.device.index, bio.rwbs, front.id, bio.id, sector, cut.sectors, cut.limit)
  bio.advance(cut.sectors)
  const queuedAgain = m.profile.queueEvent === 'each-submission'
  if (queuedAgain) emitBioQueue(m, bio)
  ctx.bioList!.fresh.push(bio)
  const copyNs = m.profile.splitCopies ? m.costs.copyVectors : 0
  if (ctx.spend(m.costs.split + copyNs + (queuedAgain ? m.costs.bioQueue : 0))) yield
  return front
}
