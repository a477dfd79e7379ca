/** The rows of each area of a lane; the lists keep their capacity from picture to picture. */
import type { LaneLayout } from '../layout/parts.ts'

export interface PathQueues {
  readonly band: number[]
  readonly pocket: number[]
  readonly device: number[]
}

export class Queues {
  readonly app: number[] = []
  readonly originals: number[] = []
  readonly dmClones: number[] = []
  readonly dmBand: number[] = []
  readonly choosing: number[] = []
  readonly dmPocket: number[] = []
  layers: number[][] = []
  paths: PathQueues[] = []
  private readonly pathOfDev: Int16Array = new Int16Array(256)
  private readonly layerOfDev: Int16Array = new Int16Array(256)

  reset({ paths, layers }: LaneLayout): void {
    if (this.paths.length !== paths.length)
      this.paths = paths.map(() => ({ band: [], pocket: [], device: [] }))
    if (this.layers.length !== layers.length) this.layers = layers.map(() => [])
    this.pathOfDev.fill(-1)
    paths.forEach(({ chain }, i) => {
      for (const dev of chain) this.pathOfDev[dev] = i
    })
    this.layerOfDev.fill(-1)
    layers.forEach(({ dev }, i) => (this.layerOfDev[dev] = i))
    const ofDm = [this.app, this.originals, this.dmClones, this.dmBand, this.choosing, this.dmPocket]
    for (const list of ofDm) list.length = 0
    for (const list of this.layers) list.length = 0
    for (const { band, pocket, device } of this.paths) band.length = pocket.length = device.length = 0
  }

  /** Place of a device among the devices above the map, -1 for any other. */
  layerIndex(dev: number): number {
    return this.layerOfDev[dev] ?? -1
  }

  /** Place of a device, or of the path it lies under, among the paths of the layout; -1 for any other. */
  pathIndex(dev: number): number {
    return this.pathOfDev[dev] ?? -1
  }
}
