/**
 * Draws the moving part of a lane at one moment: outlines, blocks, frames, pointers, sockets, the address strip.
 *
 * In order of depth, and batched: all blocks of one colour are one path and one fill. Detail goes down with size: a thing
 * too small for its label, halo or round corners is drawn without. A crowd is drawn with plain boxes on whole pixels, which
 * a software canvas fills ten times as fast as it strokes.
 */
import type { Picture } from '../../record/picture.ts'
import type { LaneFacts } from '../facts.ts'
import type { LaneLayout } from '../layout/parts.ts'
import type { Painter } from '../painter.ts'
import type { Positions } from '../motion/positions.ts'
import type { StripColumns } from '../strip.ts'
import type { Targets } from '../targets/targets.ts'
import { drawStrip } from './address-strip.ts'
import { drawBlocks, drawHalos } from './blocks.ts'
import { drawCrowd } from './crowd.ts'
import { drawQueueShades } from './queue-shades.ts'
import { drawCursor, drawFamilyOutlines, drawThreads } from './follow.ts'
import { drawFrameGrounds, drawFrames } from './frames.ts'
import { Groups } from './groups.ts'
import { drawLabels } from './labels.ts'
import { drawOutlines } from './outlines.ts'
import { drawPointers } from './pointer.ts'
import { drawRings } from './rings.ts'
import { drawTags } from './tags.ts'

export interface Scene {
  readonly picture: Picture
  readonly layout: LaneLayout
  readonly facts: LaneFacts
  readonly targets: Targets
  readonly positions: Positions
  readonly strip: StripColumns
  /** 1 for rows of the family that is followed, or of the time that is brushed; undefined when there is neither. */
  readonly family: Uint8Array | undefined
  /** Somebody is followed: threads join the family. */
  readonly isFollowed: boolean
  /** Row with the keyboard cursor, -1 = none. */
  readonly cursor: number
  /** Simulated time of the frame; between events it runs on. */
  readonly timeNs: number
}

const DIMMED = 0.22
/** With more things than this on the stage they are a crowd: no dashes, no round corners, no labels. */
export const CROWD_FROM = 400

/** Working memory, kept between frames. */
const groups = new Groups()

/** @returns true when something in it moves with simulated time, so that the next frame differs. */
export function drawScene(painter: Painter, scene: Scene): boolean {
  const { layout } = scene
  painter.begin(layout.widthPx, layout.heightPx)
  drawStrip(painter, scene)
  if (scene.family === undefined) drawThings(painter, scene, undefined)
  else {
    painter.opacity(DIMMED)
    drawThings(painter, scene, 0)
    painter.opacity(1)
    if (scene.isFollowed) drawThreads(painter, scene)
    drawThings(painter, scene, 1)
    if (scene.isFollowed) drawFamilyOutlines(painter, scene)
  }
  // Over what travels past them.
  drawTags(painter, scene)
  drawPointers(painter, scene)
  drawCursor(painter, scene)
  painter.opacity(1)
  return drawRings(painter, scene.picture, layout, scene.targets.pockets, scene.timeNs)
}

/** `member` 0 or 1 draws only those outside or inside the family. */
function drawThings(painter: Painter, scene: Scene, member: 0 | 1 | undefined): void {
  groups.take(scene, member)
  if (member !== 1) drawQueueShades(painter, scene, member === 0 ? DIMMED : 1)
  if (scene.targets.shown > CROWD_FROM) {
    drawCrowd(painter, scene, groups)
    return
  }
  drawOutlines(painter, scene, groups)
  drawFrameGrounds(painter, scene, groups)
  drawBlocks(painter, scene, groups)
  drawHalos(painter, scene, groups)
  drawFrames(painter, scene, groups)
  drawLabels(painter, scene, groups)
}
