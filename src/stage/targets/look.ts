/** What a row of the picture looks like on the stage. */
export const Look = {
  none: 0,
  /** An application I/O: a dashed outline. */
  io: 1,
  /** A bio. */
  block: 2,
  /** A bio that waits for its clones or fragments: the outline it left behind. */
  waiting: 3,
  /** A bio clone: a block with a halo. */
  clone: 4,
  /** A request. */
  frame: 5,
  /** A dm request whose clone runs: an empty frame that holds its tag. */
  held: 6,
  /** A request clone. */
  clone_frame: 7,
  /** On its way to the address strip; seen only while it moves. */
  ended: 8,
} as const
export type Look = (typeof Look)[keyof typeof Look]

export const LOOK_COUNT = 9

export function isFrame(look: number): boolean {
  return look === Look.frame || look === Look.held || look === Look.clone_frame
}
