/** Heights of the rows of a lane, in units; the flexible rows share what is left in proportion to their weight. */
export const ROW = {
  padTop: 6,
  title: 30,
  app: 28,
  layer: 30,
  layerGap: 6,
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
  sentenceNarrow: 58,
  padBottom: 4,
}
const FLEX = { first: 1.1, second: 1, path: 1 }
const MIN_FLEX_UNITS = 40
/** Without a map the path is all there is; it need not fill the lane. */
const MOST_PATH_UNITS = 200

export interface FlexHeights {
  readonly first: number
  readonly second: number
  readonly path: number
}

export function pathHeightUnits(flexPath: number): number {
  return ROW.pathHead + flexPath + 4 + ROW.device + ROW.tags + ROW.pathPad
}

export function layersHeightUnits(layers: number): number {
  return layers * (ROW.layer + ROW.layerGap)
}

export function flexibleHeights(
  heightUnits: number,
  layers: number,
  hasMap: boolean,
  narrow: boolean,
): FlexHeights {
  const dm = hasMap ? ROW.dmHead + ROW.bandGap + ROW.dmPad : 0
  const fixed =
    ROW.padTop +
    ROW.title +
    ROW.app +
    layersHeightUnits(layers) +
    dm +
    ROW.link +
    pathHeightUnits(0) +
    2 * ROW.gap +
    ROW.lun +
    (narrow ? ROW.sentenceNarrow : ROW.sentence) +
    ROW.padBottom
  const left = heightUnits - fixed
  if (!hasMap) return { first: 0, second: 0, path: Math.max(MIN_FLEX_UNITS, Math.min(MOST_PATH_UNITS, left)) }
  const each = left / (FLEX.first + FLEX.second + FLEX.path)
  const share = (w: number): number => Math.max(MIN_FLEX_UNITS, each * w)
  return { first: share(FLEX.first), second: share(FLEX.second), path: share(FLEX.path) }
}
