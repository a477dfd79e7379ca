/** A worker client without a worker: runs wait until a test lets them log. */
import type { RunHeader } from '../../src/engine/log/index.ts'
import type { RunListener } from '../../src/worker/client.ts'
import type { RunNumber, RunSetup } from '../../src/worker/protocol.ts'
import { testHeader, testResult } from './log-writer.ts'
import { randomLog } from './random-log.ts'

export class FakeClient {
  readonly started: { readonly run: RunNumber; readonly setup: RunSetup; readonly listener: RunListener }[] =
    []
  readonly stopped: RunNumber[] = []
  private lastRun = 0

  load(setup: RunSetup, listener: RunListener): RunNumber {
    const run = ++this.lastRun as RunNumber
    this.started.push({ run, setup, listener })
    return run
  }

  stop(run: RunNumber): void {
    this.stopped.push(run)
  }

  /** Lets runs log all they have, in the order of their start, but none twice and none that was stopped. */
  finishAll(ios = 8): void {
    for (const { run, setup, listener } of this.started.splice(0)) {
      if (!this.stopped.includes(run)) this.finish(setup, listener, ios)
    }
  }

  finish({ mode, scenario }: RunSetup, listener: RunListener, ios: number): void {
    const header: RunHeader = { ...testHeader(mode), scenario: scenario.scenario, seed: scenario.seed }
    const log = randomLog({ mode, seed: scenario.seed + 1, ios, paths: 2 })
    listener.header(header)
    listener.batch(log.chunks, { tasks: [], strings: [], origins: [] })
    listener.ended(testResult(log.timeNs, log.count))
  }
}
