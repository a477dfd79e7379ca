/**
 * What is stored: for every LUN, which write left its mark on which sectors. All paths of a LUN share it, so a write
 * that one path acknowledged and a read over another one meet here, and a write that went nowhere, went twice or went
 * to the wrong place is seen when the sectors are read back.
 *
 * A mark stands for the data (which write, and for which sector it was meant). Media exists only in runs in which
 * somebody verifies (machine.ts: `media`), and grows with the number of changes between neighbouring marks.
 *
 * Simplified: a command takes effect when it ends well, as a whole; the device's volatile cache loses nothing.
 */
import { ExtentMap, NO_STAMP } from '../block/extent-map.ts'
import type { Request } from '../block/request.ts'
import { Op } from '../log/index.ts'

/** LUN of a device that does not name one: every path leads to the same data. */
const COMMON_LUN = ''

/** Where a sector of the device that applications use lies, and how many sectors follow it there. */
export interface Spot {
  readonly lun: string | undefined
  readonly sector: number
  readonly sectors: number
}

export class Media {
  private readonly luns = new Map<string, ExtentMap>()
  private stamps = NO_STAMP

  /** A mark that no write has used before. */
  newStamp(): number {
    return ++this.stamps
  }

  lun(name: string = COMMON_LUN): ExtentMap {
    let extents = this.luns.get(name)
    if (extents === undefined) this.luns.set(name, (extents = new ExtentMap()))
    return extents
  }

  /** A device has done the first `sectors` of a command: data goes from the buffers to the LUN, or the other way. */
  transfer(lunName: string | undefined, rq: Request, sectors: number): void {
    const extents = this.lun(lunName)
    let left = sectors
    for (let bio = rq.bio; bio !== undefined && left > 0; bio = bio.next) {
      const size = Math.min(left, bio.sizeSectors)
      const end = bio.sector + size
      left -= size
      const { data } = bio.buffer
      const shift = (data?.firstSector ?? 0) + bio.bufferAt / 512 - bio.sector
      switch (rq.op) {
        case Op.WRITE:
          extents.write(bio.sector, end, data ? { stamp: data.stamp, shift } : UNMARKED)
          break
        case Op.WRITE_ZEROES:
        case Op.DISCARD:
        case Op.SECURE_ERASE:
          extents.write(bio.sector, end, UNMARKED)
          break
        case Op.READ:
          if (data)
            extents.visit(bio.sector, end, (from, to, mark) => {
              data.received.write(from + shift, to + shift, { ...mark, shift: mark.shift - shift })
            })
          break
        default:
          break
      }
    }
  }
}

const UNMARKED = { stamp: NO_STAMP, shift: 0 }
