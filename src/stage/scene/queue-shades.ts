/**
 * A queue of more things than can be told apart: how many there are at each address, as bars in the colour of the address.
 * What is only an outline one by one is a pale bar here.
 */
import { COLOUR_STEPS } from '../address-colour.ts'
import type { Painter } from '../painter.ts'
import type { Shade } from '../targets/shade.ts'
import type { Scene } from './scene.ts'

const PALE = 0.4

/** `alpha` is the opacity of everything else that is drawn with them. */
export function drawQueueShades(painter: Painter, { targets }: Scene, alpha: number): void {
  for (let i = 0; i < targets.shadeCount; i++) {
    const shade = targets.shades[i]!
    painter.opacity(shade.pale ? alpha * PALE : alpha)
    bars(painter, shade)
  }
  if (targets.shadeCount > 0) painter.opacity(alpha)
}

function bars(painter: Painter, { x, y, w, h, counts }: Shade): void {
  let most = 0
  for (const count of counts) most = Math.max(most, count)
  const barW = w / COLOUR_STEPS
  for (let step = 0; step < COLOUR_STEPS; step++) {
    if (counts[step] === 0) continue
    const barH = Math.max(1, (h * counts[step]!) / most)
    painter.ink(step)
    painter.plain(x + step * barW, y + h - barH, barW, barH)
  }
}
