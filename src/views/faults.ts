/**
 * What goes wrong outside React, in a frame: kept, told once, and thrown again while the page is rendered, where the
 * ErrorBoundary turns it into a sentence. What has failed is not run again.
 */
export class Faults {
  private fault: Error | undefined
  private readonly listeners = new Set<() => void>()

  /** The same function, which stops at its first error. */
  guard<Args extends readonly unknown[]>(run: (...args: Args) => void): (...args: Args) => void {
    return (...args) => {
      if (this.fault !== undefined) return
      try {
        run(...args)
      } catch (error) {
        this.fault = error instanceof Error ? error : new Error(String(error))
        for (const listener of this.listeners) listener()
      }
    }
  }

  readonly current = (): Error | undefined => this.fault

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
}
