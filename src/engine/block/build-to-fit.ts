/**
 * Bios that never need a cut: to 4.2 whoever fills a bio page by page asks every device below whether one more fits
 * (block/bio.c:bio_add_page, q->merge_bvec_fn), and starts another bio where it does not. Here the bio is cut into such
 * parts as it is submitted, each with a Q of its own and no X; the last part keeps the bio's identity.
 */
import type { Machine } from '../machine.ts'
import type { Steps } from '../sim/cpu.ts'
import { Bio } from './bio.ts'
import { splitToLimits } from './split.ts'

const PAGE_SECTORS = 8

export function* submitInParts(m: Machine, bio: Bio, submit: (part: Bio) => Steps): Steps {
  for (;;) {
    const cut = splitToLimits(bio, bio.device.queue.limits)
    if (cut === undefined) break
    const { sector, buffer, bufferAt } = bio
    const extent = { sector, sizeSectors: cut.sectors, buffer, bufferAt }
    const part = new Bio(m.nextId(), bio.parentId, bio.device, bio.rwbs, extent, bio.owner)
    part.chainedTo = bio
    part.pages = Math.min(bio.pages, Math.ceil(cut.sectors / PAGE_SECTORS))
    bio.pages -= part.pages
    bio.remaining++
    bio.advance(cut.sectors)
    yield* submit(part)
  }
  yield* submit(bio)
}
