/** How large things are drawn, in units: a bio's width is its size in true scale up to a limit, then a labelled break. */
export const BIO_PX_PER_KIB = 3.35
export const BIO_MIN = 5
/** 32 KiB; what is larger is drawn this wide with a break in it. */
export const BIO_MAX = 107
/** A flush has no sectors. */
export const BIO_EMPTY = 11
export const BIO_HEIGHT = 22
export const BIO_GAP = 4
export const FRAME_PAD = 3.5
export const FRAME_GAP = 6
/** The tab on a request's frame that counts its bios. */
export const TAB_HEIGHT = 13

/** Natural width of a bio, in units. */
export function bioWidth(sizeSectors: number): number {
  if (sizeSectors === 0) return BIO_EMPTY
  return Math.max(BIO_MIN, Math.min(BIO_MAX, (sizeSectors / 2) * BIO_PX_PER_KIB))
}

/** True where a bio is too large for its true width. */
export function isBroken(sizeSectors: number): boolean {
  return (sizeSectors / 2) * BIO_PX_PER_KIB > BIO_MAX
}
