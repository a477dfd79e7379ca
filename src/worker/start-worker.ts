/** Starts the thread; called once, at page load, before anything is drawn. */
import { EngineClient } from './client.ts'
import { portWire } from './wire.ts'

export function startWorker(): EngineClient {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'engine' })
  const client = new EngineClient(portWire(worker))
  worker.onerror = (event) => {
    client.fail(`the engine's thread stopped: ${event.message || 'it could not be loaded'}`)
  }
  return client
}
