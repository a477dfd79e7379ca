/** The parts of a lane's layout, all in CSS pixels of the lane. */
import type { Point, Rect } from '../rect.ts'

/** The kinds of band; name, colour and icon of a kind are the same wherever it lies. */
export type BandKind = 'split' | 'merge' | 'choose' | 'bypass'

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
  /** From the foot of what chooses to the head of the path, corner by corner. */
  readonly points: readonly Point[]
}

/** A device above the map: a logical volume, a partition. */
export interface LayerBox {
  readonly dev: number
  readonly box: Rect
  readonly label: Rect
  readonly content: Rect
}

/** A priority group: the nodes of its paths in one frame. */
export interface GroupBox {
  /** From 1. */
  readonly group: number
  readonly box: Rect
  readonly label: Rect
}

export interface PathBox {
  readonly dev: number
  /** The disk under it. */
  readonly disk: number
  /** Every device from the path down to the disk. */
  readonly chain: readonly number[]
  /** Too small for words beside its name. */
  readonly compact: boolean
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
  /** The top first. */
  readonly layers: readonly LayerBox[]
  /** The multipath map; without bands where there is none. */
  readonly map: number | undefined
  readonly dm: { readonly box: Rect; readonly head: Rect; readonly bands: readonly BandBox[] }
  readonly nodes: readonly SelectorNode[]
  /** Empty where there is but one. */
  readonly groups: readonly GroupBox[]
  /** Where stands what is choosing. */
  readonly choosing: Rect
  readonly links: readonly LinkLine[]
  /** Where links turn: between the dm device and the paths. */
  readonly linkY: number
  readonly paths: readonly PathBox[]
  readonly lun: { readonly label: Rect; readonly strip: Rect }
  readonly sentence: Rect
  /** The conservation light. */
  readonly kept: Rect
}
