/** The parts of a lane's layout, all in CSS pixels of the lane. */
import type { QueueMode } from '../../engine/log/index.ts'
import type { Point, Rect } from '../rect.ts'

/** The kinds of band; name, colour and icon of a kind are the same wherever it lies. */
export type BandKind = 'split' | 'merge' | 'choose' | 'bypass'

export interface LaneShape {
  readonly mode: QueueMode
  /** Device indices of the paths, in table order. */
  readonly paths: readonly number[]
  /** Their names, in the same order; a selector node is as wide as its name. */
  readonly names: readonly string[]
}

export interface Room {
  readonly widthPx: number
  readonly heightPx: number
  readonly unitPx: number
}

export interface BandBox {
  readonly kind: BandKind
  readonly box: Rect
  readonly label: Rect
  /** Where I/Os are drawn while nothing waits in the pocket. */
  readonly content: Rect
  /** Right part of the content, taken by a pocket (queued_bios, requeue list, hctx->dispatch) while it is used. */
  readonly pocket: Rect
}

export interface SelectorNode extends Point {
  readonly dev: number
  readonly radius: number
  /** At least the radius. */
  readonly halfWidth: number
}

export interface LinkLine {
  readonly dev: number
  readonly from: Point
  readonly to: Point
}

export interface PathBox {
  readonly dev: number
  readonly box: Rect
  readonly head: Rect
  readonly band: BandBox
  /** What the device has been given and not yet answered. */
  readonly device: { readonly label: Rect; readonly content: Rect }
  readonly tags: { readonly label: Rect; readonly content: Rect; readonly count: Rect }
}

export interface LaneLayout {
  readonly unitPx: number
  readonly widthPx: number
  readonly heightPx: number
  readonly title: Rect
  readonly app: { readonly label: Rect; readonly content: Rect; readonly count: Rect }
  readonly dm: { readonly box: Rect; readonly head: Rect; readonly bands: readonly BandBox[] }
  readonly nodes: readonly SelectorNode[]
  readonly links: readonly LinkLine[]
  /** Where links turn: between the dm device and the paths. */
  readonly linkY: number
  readonly paths: readonly PathBox[]
  readonly lun: { readonly label: Rect; readonly strip: Rect }
  readonly sentence: Rect
}
