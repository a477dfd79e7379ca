/**
 * dm-linear: a range of sectors is a range of another device. drivers/md/dm-linear.c:linear_map, linear_status, 2.6.28 to
 * 6.19. What a logical volume is made of, and a partition that kpartx made.
 */
import type { BlockDevice } from '../block/block-device.ts'
import { MapResult } from '../log/index.ts'
import type { DmTargetIo } from './dm-io.ts'
import type { Target } from './target.ts'

/** A `linear` line of a table. */
export interface LinearTable {
  readonly startSector: number
  readonly sizeSectors: number
  /** `major:minor` */
  readonly dev: string
  /** Where on that device the range begins. */
  readonly offsetSectors: number
}

export class LinearTarget implements Target {
  readonly typeName = 'linear'
  readonly flushBypassesMap = true
  readonly held = 0
  /** A few instructions: they are in the cost of the clone. */
  readonly mapCostNs = 0
  private readonly table: LinearTable
  private readonly device: BlockDevice

  constructor(table: LinearTable, device: BlockDevice) {
    this.table = table
    this.device = device
  }

  get startSector(): number {
    return this.table.startSector
  }

  get sizeSectors(): number {
    return this.table.sizeSectors
  }

  get devices(): readonly BlockDevice[] {
    return [this.device]
  }

  /** linear_map_sector */
  mapSector(sector: number): number {
    return sector + this.table.offsetSectors - this.table.startSector
  }

  /** linear_map; an empty flush has no place on the device. */
  map({ clone }: DmTargetIo): MapResult {
    clone.device = this.device
    if (clone.sizeSectors > 0) clone.sector = this.mapSector(clone.sector)
    return MapResult.remapped
  }

  /** There are none. */
  message(): string {
    return 'Invalid argument'
  }

  get infoLine(): string {
    return `${String(this.startSector)} ${String(this.sizeSectors)} linear`
  }

  get tableLine(): string {
    return `${this.infoLine} ${this.device.dev} ${String(this.table.offsetSectors)}`
  }
}
