/** The moment under the pointer, in whichever time axis it is; every time axis of the dock shows it. No React in it. */
export class SharedHover {
  private timeNs: number | undefined
  private readonly listeners = new Set<(timeNs: number | undefined) => void>()

  set(timeNs: number | undefined): void {
    if (timeNs === this.timeNs) return
    this.timeNs = timeNs
    for (const listener of this.listeners) listener(timeNs)
  }

  subscribe(listener: (timeNs: number | undefined) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
}
