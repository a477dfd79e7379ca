/**
 * Moves an element along a line: an animation that never runs by itself and is put where it is wanted. The page then has
 * neither style nor layers to work out again, which a changed `transform` makes it do, even that of a layer of its own.
 */
export interface Glide {
  readonly put: (at: number) => void
  readonly end: () => void
}

/** From one transform at 0 to another at `span`. */
export function glide(element: Element, from: string, to: string, span: number): Glide {
  const animation = element.animate([{ transform: from }, { transform: to }], {
    duration: span,
    fill: 'both',
  })
  animation.playbackRate = 0
  return {
    put(at) {
      animation.currentTime = at
    },
    end() {
      animation.cancel()
    },
  }
}
