/** The built-in scenarios, in the order in which a menu shows them; the first one is shown first. */
import { cablePulled, multipathdFailback } from './agents.ts'
import { busyPaths, busyPathsNone } from './busy.ts'
import { locks2016 } from './costs.ts'
import { brokenFragment, failedPath, mediumError, noPathLeft } from './failover.ts'
import type { GalleryScenario } from './entry.ts'
import { splitByPath, unequalLimits } from './limits.ts'
import { descendingWrites, interleavedPairs, onePath, sequentialWrites } from './merging.ts'
import { mixedSizes, slowPath } from './selectors.ts'
import { lvmOnMultipath, nvmeConnection, nvmeNative, partition, singleDevice } from './stacks.ts'

export type { GalleryScenario } from './entry.ts'

export const GALLERY: readonly GalleryScenario[] = [
  sequentialWrites,
  onePath,
  descendingWrites,
  interleavedPairs,
  splitByPath,
  unequalLimits,
  busyPaths,
  busyPathsNone,
  slowPath,
  mixedSizes,
  failedPath,
  brokenFragment,
  noPathLeft,
  mediumError,
  cablePulled,
  multipathdFailback,
  lvmOnMultipath,
  partition,
  nvmeNative,
  nvmeConnection,
  singleDevice,
  locks2016,
]
