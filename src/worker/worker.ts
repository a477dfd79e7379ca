/** The thread: the engine behind a wire. */
import { AskedRun, createRun } from '../engine/index.ts'
import { GALLERY_ENTRIES, resolveSource } from '../scenario/index.ts'
import { serve } from './host.ts'
import { soon } from './soon.ts'
import { portWire } from './wire.ts'

serve(portWire(self), {
  createRun,
  createAsked: (input) => new AskedRun(input),
  resolveSource,
  gallery: GALLERY_ENTRIES,
  defer: soon(),
  nowMs: () => performance.now(),
})
