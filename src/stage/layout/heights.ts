/** Heights of the rows of a lane, in units; the flexible rows share what is left in proportion to their weight. */
export interface Rows {
  readonly padTop: number
  readonly title: number
  readonly app: number
  readonly layer: number
  readonly layerGap: number
  readonly dmHead: number
  readonly bandGap: number
  readonly dmPad: number
  readonly link: number
  readonly pathHead: number
  readonly device: number
  readonly tags: number
  readonly pathPad: number
  readonly gap: number
  readonly lun: number
  readonly sentence: number
  readonly padBottom: number
  /** The least of each flexible row. */
  readonly flex: number
  /** How they share the rest: the band of the map that comes first, the second, that of a path. */
  readonly weights: FlexHeights
}

const ROOMY: Rows = {
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
  padBottom: 4,
  flex: 40,
  weights: { first: 1.1, second: 1, path: 1 },
}
/** Under a tall dock: lower, but all of it. */
const TIGHT: Rows = {
  ...{ padTop: 3, title: 24, app: 22, layer: 22, layerGap: 4, dmHead: 18, bandGap: 3, dmPad: 4, link: 14 },
  ...{
    pathHead: 18,
    device: 26,
    tags: 15,
    pathPad: 3,
    gap: 3,
    lun: 15,
    sentence: 30,
    padBottom: 3,
    flex: 24,
    weights: { first: 0.9, second: 1.5, path: 0.85 },
  },
}
/** A narrow lane's sentence has more lines. */
const NARROW_SENTENCE = 18

/** The heights that a lane has room for. */
export function rowsFor(heightUnits: number, layers: number, hasMap: boolean, narrow: boolean): Rows {
  const roomy = narrow ? { ...ROOMY, sentence: ROOMY.sentence + NARROW_SENTENCE } : ROOMY
  const flexible = hasMap ? 3 : 1
  return fixedUnits(roomy, layers, hasMap) + flexible * roomy.flex <= heightUnits ? roomy : TIGHT
}

/** Without a map the path is all there is; it need not fill the lane. */
const MOST_PATH_UNITS = 200

export interface FlexHeights {
  readonly first: number
  readonly second: number
  readonly path: number
}

export function pathHeightUnits(flexPath: number, rows: Rows): number {
  return rows.pathHead + flexPath + 4 + rows.device + rows.tags + rows.pathPad
}

export function layersHeightUnits(layers: number, rows: Rows): number {
  return layers * (rows.layer + rows.layerGap)
}

function fixedUnits(rows: Rows, layers: number, hasMap: boolean): number {
  const dm = hasMap ? rows.dmHead + rows.bandGap + rows.dmPad : 0
  return (
    rows.padTop +
    rows.title +
    rows.app +
    layersHeightUnits(layers, rows) +
    dm +
    rows.link +
    pathHeightUnits(0, rows) +
    2 * rows.gap +
    rows.lun +
    rows.sentence +
    rows.padBottom
  )
}

export function flexibleHeights(
  heightUnits: number,
  layers: number,
  hasMap: boolean,
  rows: Rows,
): FlexHeights {
  const left = heightUnits - fixedUnits(rows, layers, hasMap)
  if (!hasMap) return { first: 0, second: 0, path: Math.max(rows.flex, Math.min(MOST_PATH_UNITS, left)) }
  const { weights } = rows
  const each = left / (weights.first + weights.second + weights.path)
  const share = (w: number): number => Math.max(rows.flex, each * w)
  return { first: share(weights.first), second: share(weights.second), path: share(weights.path) }
}
