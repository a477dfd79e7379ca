/**
 * Which of the panels for acting is open, for what, and where: a menu of a thing, the tree of branches, the lanes, the
 * goals of a run. One at a time. A plain object that the first visit can afford; what it opens loads when it is wished for.
 */
import type { ObjectId } from '../../record/places.ts'

/** Something in a lane that one can act on. */
export type Thing =
  /** `under`: what it lies on where it was pointed at. */
  | { readonly kind: 'io'; readonly id: ObjectId; readonly under?: Thing }
  /** A path: a disk, or what lies over one. */
  | { readonly kind: 'path'; readonly dev: number }
  | { readonly kind: 'map' }
  | { readonly kind: 'group'; readonly group: number }
  /** Nothing in particular: the paths of the lane to choose from. */
  | { readonly kind: 'paths' }

/** Where a panel opens: beside a box on the screen, or at a point. */
export interface Spot {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export type Wish =
  | { readonly open: 'menu'; readonly lane: number; readonly thing: Thing; readonly spot: Spot }
  | { readonly open: 'branches'; readonly spot: Spot }
  | { readonly open: 'lane'; readonly lane: number; readonly spot: Spot }
  | { readonly open: 'until'; readonly spot: Spot }
  /** The menu of what has the focus, or its cable cut or plugged in at once. */
  | { readonly open: 'focused' | 'cut' }

/** What is said about the last thing done. */
export interface Said {
  /** What was typed for the reader. */
  readonly command?: string
  /** The one lane in which it was done: a pinned one. */
  readonly lane?: number
  /** A sentence, or what the tool answers. */
  readonly text?: string
  /** The way back, where something was done. */
  readonly undo?: () => void
}

export class Desk {
  private wished: Wish | undefined
  private last: Said | undefined
  private readonly listeners = new Set<() => void>()

  readonly wish = (): Wish | undefined => this.wished

  readonly said = (): Said | undefined => this.last

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** The same panel wished for again closes. */
  toggle(wish: Wish): void {
    const open = this.wished
    const same =
      open?.open === wish.open && (!('lane' in open) || !('lane' in wish) || open.lane === wish.lane)
    this.open(same ? undefined : wish)
  }

  open(wish: Wish | undefined): void {
    this.wished = wish
    this.tell()
  }

  say(said: Said | undefined): void {
    this.last = said
    this.tell()
  }

  private tell(): void {
    for (const listener of this.listeners) listener()
  }
}

export function spotOf(element: Element | null | undefined): Spot {
  const box = element?.getBoundingClientRect()
  return box ?? { left: innerWidth / 2, top: innerHeight / 3, right: innerWidth / 2, bottom: innerHeight / 3 }
}
