/** A worker client without a worker: scenarios are opened at once, runs wait until a test lets them log. */
import type { DmQueueMode, QueueMode, RunHeader } from '../../src/engine/log/index.ts'
import {
  GALLERY_ENTRIES,
  openedFrom,
  resolveSource,
  type GalleryEntry,
  type Opened,
  type ScenarioSource,
} from '../../src/scenario/index.ts'
import type { RunListener } from '../../src/worker/client.ts'
import type { Answer, Asked, RunNumber, RunSetup } from '../../src/worker/protocol.ts'
import { testHeader, testResult } from './log-writer.ts'
import { randomLog } from './random-log.ts'

export class FakeClient {
  readonly started: { readonly run: RunNumber; readonly setup: RunSetup; readonly listener: RunListener }[] =
    []
  readonly stopped: RunNumber[] = []
  /** What the last opening asked to begin ahead. */
  likely: readonly RunSetup[] = []
  /** Set: openings wait until a test answers them; else they are answered at once. */
  waiting: (() => void)[] | undefined
  private lastRun = 0

  onGallery(listener: (gallery: readonly GalleryEntry[]) => void): void {
    listener(GALLERY_ENTRIES)
  }

  open(source: ScenarioSource, listener: (opened: Opened) => void, likely: readonly RunSetup[]): void {
    this.likely = likely
    const answer = (): void => listener(openedFrom(resolveSource(source)))
    if (this.waiting === undefined) answer()
    else this.waiting.push(answer)
  }

  /** Answers the openings that wait, in their order, and those that follow from them. */
  answerAll(): void {
    for (let answer = this.waiting?.shift(); answer !== undefined; answer = this.waiting?.shift()) answer()
  }

  load(setup: RunSetup, listener: RunListener): RunNumber {
    const run = ++this.lastRun as RunNumber
    this.started.push({ run, setup, listener })
    return run
  }

  stop(run: RunNumber): void {
    this.stopped.push(run)
  }

  readonly asked: { readonly asked: Asked; readonly listener: (answer: Answer) => void }[] = []

  ask(asked: Asked, listener: (answer: Answer) => void): () => void {
    const waiting = { asked, listener }
    this.asked.push(waiting)
    return () => void this.asked.splice(this.asked.indexOf(waiting), 1)
  }

  /** Lets runs log all they have, in the order of their start, but none twice and none that was stopped. */
  finishAll(ios = 8): void {
    for (const { run, setup, listener } of this.started.splice(0)) {
      if (!this.stopped.includes(run)) this.finish(setup, listener, ios)
    }
  }

  finish({ mode, source, seed }: RunSetup, listener: RunListener, ios: number): void {
    const scenario = source.kind === 'gallery' ? source.name : 'custom'
    const header: RunHeader = { ...testHeader(dmMode(mode)), mode, scenario, seed }
    const log = randomLog({ mode: dmMode(mode), seed: seed + 1, ios, paths: 2 })
    listener.header(header)
    listener.batch(log.chunks, { tasks: [], strings: [], origins: [] })
    listener.ended(testResult(log.timeNs, log.count))
  }
}

/** Logs of the other stacks are not made up here: theirs look like those of bio mode. */
function dmMode(mode: QueueMode): DmQueueMode {
  return mode === 'rq' ? 'rq' : 'bio'
}
