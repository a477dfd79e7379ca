/** The thread: the engine behind a wire. */
import { createRun } from '../engine/index.ts'
import { GALLERY_ENTRIES, resolveSource } from '../scenario/index.ts'
import { serve } from './host.ts'
import { soon } from './soon.ts'
import { portWire } from './wire.ts'

serve(portWire(self), { createRun, resolveSource, gallery: GALLERY_ENTRIES, defer: soon() })
