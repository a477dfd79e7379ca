/**
 * The benchmark's job reduced to what a queueing library can say: a source, two paths with tags, a time of service,
 * completion. No bios, no requests, no splitting, no merging, no plug, no scheduler, no clones, no CPUs, no log.
 */
export interface Network {
  readonly ios: number
  /** At most so many outstanding; more are sent once `batch` of them have ended. */
  readonly depth: number
  readonly batch: number
  readonly serviceNs: number
  readonly tags: number
  /** A path fails and comes back, each after this long; what it had is sent again. 0 = never. */
  readonly togglesNs: number
}

export interface NetworkRun {
  readonly done: number
  /** Ends of service and of timers: every time the library came back to the model. */
  readonly events: number
}
