/** Heights of the rows of a lane, in units. */

/** Heights in units; the flexible rows share what is left in proportion to their weight. */
export const ROW = {
  padTop: 6,
  title: 30,
  app: 28,
  dmHead: 22,
  bandGap: 5,
  dmPad: 7,
  link: 20,
  pathHead: 22,
  device: 30,
  tags: 18,
  pathPad: 5,
  gap: 6,
  lun: 22,
  sentence: 40,
  padBottom: 4,
}
const FLEX = { first: 1.1, second: 1, path: 1 }
const MIN_FLEX_UNITS = 40

export interface FlexHeights {
  readonly first: number
  readonly second: number
  readonly path: number
}

export function pathHeightUnits(flexPath: number): number {
  return ROW.pathHead + flexPath + 4 + ROW.device + ROW.tags + ROW.pathPad
}

export function flexibleHeights(heightUnits: number): FlexHeights {
  const dm = ROW.dmHead + ROW.bandGap + ROW.dmPad
  const paths = pathHeightUnits(0)
  const fixed =
    ROW.padTop +
    ROW.title +
    ROW.app +
    dm +
    ROW.link +
    paths +
    2 * ROW.gap +
    ROW.lun +
    ROW.sentence +
    ROW.padBottom
  const weight = FLEX.first + FLEX.second + FLEX.path
  const each = (heightUnits - fixed) / weight
  const share = (w: number): number => Math.max(MIN_FLEX_UNITS, each * w)
  return { first: share(FLEX.first), second: share(FLEX.second), path: share(FLEX.path) }
}
