/** A band and what is in it: its label beside the content or above it, and the pocket at its right end. */
import { bottom, rect, right, type Rect } from '../rect.ts'
import type { BandBox, BandKind } from './parts.ts'

/** Width that labels beside their content take, in units. */
export const LABEL_COLUMN = 200
const POCKET_SHARE = 0.4
/** The pocket of a path needs room for `hctx->dispatch`; in a narrow one more of it, for what it waits for. */
const PATH_POCKET_SHARE = 0.52
const NARROW_POCKET_SHARE = 0.66
const NARROW_CONTENT = 200

export function labelBeside(kind: BandKind, box: Rect, u: number): BandBox {
  const labelW = (LABEL_COLUMN - 6) * u
  const label = rect(box.x + 8 * u, box.y + 4 * u, labelW - 8 * u, box.h - 8 * u)
  const content = rect(box.x + labelW + 2 * u, box.y + 3 * u, box.w - labelW - 8 * u, box.h - 6 * u)
  return { kind, box, label, content, pocket: pocketOf(content, POCKET_SHARE) }
}

export function labelAbove(kind: BandKind, box: Rect, u: number): BandBox {
  const label = rect(box.x + 8 * u, box.y + 1 * u, box.w - 14 * u, 17 * u)
  const content = rect(box.x + 10 * u, bottom(label), box.w - 16 * u, box.h - 19 * u)
  const share = content.w < NARROW_CONTENT * u ? NARROW_POCKET_SHARE : PATH_POCKET_SHARE
  return { kind, box, label, content, pocket: pocketOf(content, share) }
}

function pocketOf(content: Rect, share: number): Rect {
  const w = content.w * share
  return rect(right(content) - w, content.y, w, content.h)
}
