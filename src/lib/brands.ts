/** Two clocks that must not be mixed up: simulated nanoseconds, and milliseconds of the show. */
export type SimNs = number & { readonly __brand: 'SimNs' }
export type ShownMs = number & { readonly __brand: 'ShownMs' }

export function simNs(ns: number): SimNs {
  return ns as SimNs
}

export function shownMs(ms: number): ShownMs {
  return ms as ShownMs
}
