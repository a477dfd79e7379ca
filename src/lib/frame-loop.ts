/**
 * The only animation frame of the page: a keyed list of callbacks that run once per frame, in the order of registration.
 *
 * The loop asks for frames only while somebody is registered. A callback may remove itself or others, or add some, while
 * a frame runs: removed ones do not run any more, added ones run from the next frame on. The clock and the frames come
 * from outside, so that tests step it by hand.
 */
export interface FrameScheduler {
  /** Milliseconds of a steady clock. */
  now(): number
  request(callback: (nowMs: number) => void): number
  cancel(handle: number): void
}

export interface FrameTime {
  readonly nowMs: number
  /** Since the frame before, 0 in the first; never more than MAX_STEP_MS (a hidden tab does not leap ahead). */
  readonly stepMs: number
}

export type FrameCallback = (frame: FrameTime) => void

export interface FrameCost {
  readonly key: string
  /** Script time of its last frame and a moving mean of it. */
  readonly lastMs: number
  readonly meanMs: number
}

/** Longer gaps count as this long: a quarter of a second is still a hitch, more is an absence. */
const MAX_STEP_MS = 250
/** Weight of the newest frame in the mean: about the last twenty frames count. */
const NEWEST = 0.05

interface Entry {
  readonly run: FrameCallback
  lastMs: number
  meanMs: number
}

export class FrameLoop {
  private readonly scheduler: FrameScheduler
  private readonly entries = new Map<string, Entry>()
  private handle: number | undefined
  private lastMs: number | undefined

  constructor(scheduler: FrameScheduler) {
    this.scheduler = scheduler
  }

  /** Runs `run` every frame until removed. A key that is taken is replaced. Returns what removes it. */
  add(key: string, run: FrameCallback): () => void {
    const entry: Entry = { run, lastMs: 0, meanMs: 0 }
    this.entries.delete(key)
    this.entries.set(key, entry)
    this.wake()
    return () => {
      if (this.entries.get(key) === entry) this.remove(key)
    }
  }

  remove(key: string): void {
    this.entries.delete(key)
    if (this.entries.size === 0) this.sleep()
  }

  get running(): boolean {
    return this.handle !== undefined
  }

  /** What each callback costs, for the benchmark and the curious. */
  costs(): FrameCost[] {
    return [...this.entries].map(([key, { lastMs, meanMs }]) => ({ key, lastMs, meanMs }))
  }

  private wake(): void {
    this.handle ??= this.scheduler.request(this.frame)
  }

  private sleep(): void {
    if (this.handle !== undefined) this.scheduler.cancel(this.handle)
    this.handle = undefined
    this.lastMs = undefined
  }

  private readonly frame = (nowMs: number): void => {
    const stepMs = Math.min(MAX_STEP_MS, Math.max(0, nowMs - (this.lastMs ?? nowMs)))
    this.lastMs = nowMs
    this.handle = this.scheduler.request(this.frame)
    for (const [key, entry] of [...this.entries]) {
      if (this.entries.get(key) === entry) this.runOne(entry, { nowMs, stepMs })
    }
  }

  private runOne(entry: Entry, frame: FrameTime): void {
    const startMs = this.scheduler.now()
    entry.run(frame)
    entry.lastMs = this.scheduler.now() - startMs
    entry.meanMs += (entry.lastMs - entry.meanMs) * (entry.meanMs === 0 ? 1 : NEWEST)
  }
}

/** The browser's frames. */
export function browserFrames(): FrameScheduler {
  return {
    now: () => performance.now(),
    request: (callback) => requestAnimationFrame(callback),
    cancel: (handle) => cancelAnimationFrame(handle),
  }
}
