/** Below these sizes, in units, a detail is left out. */
export const ROUND_MIN = 5
export const HALO_MIN = 6
export const FRAME_MIN = 9
export const FRAME_MIN_W = 4
export const LABEL_MIN = 21
export const LABEL_MIN_H = 11
