/**
 * Bios that never need a cut: to 4.2 whoever fills a bio page by page asks every device below whether one more fits
 * (block/bio.c:bio_add_page, q->merge_bvec_fn), and starts another bio where it does not. Each has a Q and an end of its
 * own, and there is no X; the last one keeps the identity of the bio that would have held all.
 */
import type { Machine } from '../machine.ts'
import { Bio } from './bio.ts'
import { splitToLimits } from './split.ts'

const PAGE_SECTORS = 8

/** The bios that whoever meant to send `bio` sends in its place, each built when the one before has gone. */
export function* builtToFit(m: Machine, bio: Bio): Generator<Bio, void, undefined> {
  for (;;) {
    const cut = splitToLimits(bio, bio.device.queue.limits)
    if (cut === undefined) break
    const { sector, buffer, bufferAt } = bio
    const extent = { sector, sizeSectors: cut.sectors, buffer, bufferAt }
    const part = new Bio(m.nextId(), bio.parentId, bio.device, bio.rwbs, extent, bio.owner)
    part.pages = Math.min(bio.pages, Math.ceil(cut.sectors / PAGE_SECTORS))
    bio.pages -= part.pages
    bio.advance(cut.sectors)
    yield part
  }
  yield bio
}
