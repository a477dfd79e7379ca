/** What a frame of the stage costs with more and more I/Os in flight; see page-frames.ts for how it is taken. */
import type { Row } from '../../src/cli/measure.ts'
import { measureFrames } from './page-frames.ts'

export const name = 'stage'

/** So many times the I/Os in flight are done in all. */
const TURNS = 6
/** In flight at most; at any moment some are being submitted. The last row holds 5,000. */
const DEPTHS = [16, 250, 1020, 5100]

export async function run(): Promise<Row[]> {
  return measureFrames(DEPTHS.map((depth) => ({ depth, ios: depth * TURNS })))
}
