/**
 * What somebody does to the stage that no link shares: which queue is open, whether the other lane is seen as a ghost.
 * A plain object with listeners; React asks it, the theater's frames read it.
 */
export interface Zoomed {
  readonly lane: number
  /** Device whose queue is open. */
  readonly dev: number
}

export class StageState {
  private zoomedOn: Zoomed | undefined
  private ghosts = false
  private readonly listeners = new Set<() => void>()

  readonly zoomed = (): Zoomed | undefined => this.zoomedOn

  readonly showsGhosts = (): boolean => this.ghosts

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  zoom(zoomed: Zoomed | undefined): void {
    this.zoomedOn = zoomed
    this.tell()
  }

  /** Opens the first queue of a lane, then the next, then none. */
  zoomNext(lane: number, devs: readonly number[]): void {
    const at = this.zoomedOn?.lane === lane ? devs.indexOf(this.zoomedOn.dev) : -1
    const dev = devs[at + 1]
    this.zoom(dev === undefined ? undefined : { lane, dev })
  }

  toggleGhosts(): void {
    this.ghosts = !this.ghosts
    this.tell()
  }

  private tell(): void {
    for (const listener of this.listeners) listener()
  }
}
