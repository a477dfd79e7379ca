/** An engine that logs what it is told to, for tests of everything around it. */
import type { Question, RunInput } from '../../src/engine/index.ts'
import type { AskedRun } from '../../src/worker/asking.ts'
import type { Run } from '../../src/worker/slice-runner.ts'
import type { EventChunk, RunHeader, RunResult, SideTables } from '../../src/engine/log/index.ts'
import { LogWriter, testHeader, testResult } from './log-writer.ts'

export interface FakePlan {
  /** Events in all; each carries its own number as subject. */
  readonly events: number
  /** Thrown when that many events are logged. */
  readonly throwAt?: number
}

export class FakeRun implements Run {
  readonly header: RunHeader
  readonly tables: SideTables = { tasks: [], strings: [], origins: [] }
  readonly log: LogWriter = new LogWriter()
  private readonly plan: FakePlan
  private taken = 0
  private ended = false
  private failed = false

  constructor(input: RunInput, plan: FakePlan) {
    this.header = {
      ...testHeader(input.mode === 'rq' ? 'rq' : 'bio'),
      mode: input.mode,
      scenario: input.scenario.scenario,
      kernel: input.kernel ?? '6.12',
    }
    this.plan = plan
  }

  advance(maxEvents: number): 'running' | 'ended' {
    const goal = Math.min(this.log.count + maxEvents, this.plan.events)
    while (this.log.count < goal) {
      if (this.log.count === this.plan.throwAt) {
        this.failed = true
        throw new Error('a request has two owners')
      }
      this.log.timeNs += 1000
      this.log.add('io_submit', { subject: this.log.count + 1, dev: 0, sector: this.log.count * 8, size: 8 })
    }
    this.tables.strings.push(`slice to ${goal}`)
    this.ended = this.log.count >= this.plan.events
    return this.ended ? 'ended' : 'running'
  }

  takeChunks(): EventChunk[] {
    const all = this.log.chunks
    const last = all.at(-1)
    const open = last !== undefined && last.count < 8192 && !this.ended && !this.failed ? 1 : 0
    const fresh = all.slice(this.taken, all.length - open)
    this.taken += fresh.length
    return fresh
  }

  result(): RunResult {
    return testResult(this.log.timeNs, this.log.count)
  }
}

/** A run to be asked that knows only how far it was taken; ten events a nanosecond lie on the way. */
export class FakeAsked implements AskedRun {
  reachedNs = 0
  markedNs = -1
  /** Thrown by the next answer. */
  fault: Error | undefined

  advanceTo(timeNs: number, maxEvents: number): 'there' | 'running' {
    this.reachedNs = Math.min(timeNs, this.reachedNs + maxEvents / 10)
    return this.reachedNs === timeNs ? 'there' : 'running'
  }

  mark(): void {
    this.markedNs = this.reachedNs
  }

  answer({ ask }: Question): string {
    if (this.fault !== undefined) throw this.fault
    return `${ask} at ${this.reachedNs} since ${this.markedNs}`
  }
}
