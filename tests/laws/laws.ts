/** All laws, in the order of kernel-model section 9 as far as one can. */
import type { Law } from './law.ts'
import * as activation from './laws-of-activation.ts'
import * as flush from './laws-of-flush.ts'
import { layersHandOn } from './laws-of-layers.ts'
import * as life from './laws-of-life.ts'
import * as multipath from './laws-of-multipath.ts'
import * as queues from './laws-of-queues.ts'
import * as shape from './laws-of-shape.ts'
import * as silence from './laws-of-silence.ts'
import * as suspend from './laws-of-suspend.ts'

export const LAWS: readonly Law[] = [
  life,
  shape,
  multipath,
  activation,
  queues,
  flush,
  suspend,
  silence,
  { layersHandOn },
].flatMap((theme) => Object.values(theme))
