/** The thread: the engine behind a wire. */
import { createRun } from '../engine/index.ts'
import { serve } from './host.ts'
import { soon } from './soon.ts'
import { portWire } from './wire.ts'

serve(portWire(self), { createRun, defer: soon() })
