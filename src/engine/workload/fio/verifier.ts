/**
 * What a job believes to be on the media, and whether it is: fio's verify, with marks in the place of data
 * (drivers/media.ts). Every acknowledged write is checked: read back after its pass, or, where the job ended before
 * that, compared with the media directly.
 *
 * Simplified: all of fio's methods come to the same; the reads of a mixed pass are not checked, its writes are.
 */
import { type Buffer, checkedBuffer } from '../../block/buffer.ts'
import { ExtentMap, type Mark, NO_STAMP } from '../../block/extent-map.ts'
import type { Media, Spot } from '../../drivers/media.ts'
import type { VerifyReport } from '../../log/index.ts'
import type { AppIo } from '../app-io.ts'
import type { FioUnit } from './units.ts'

/** What a failed write has left behind: nobody can know. */
const UNKNOWN = -1
const COMPLAINTS_KEPT = 8

export class Verifier {
  private readonly media: Media
  private readonly jobName: string
  private readonly spotOf: (sector: number) => Spot | undefined
  /** Marks by the application's sectors. */
  private expected = new ExtentMap()
  /** Writes of the pass in the order in which they were sent, where none overwrites another. */
  private order: FioUnit[] = []
  private eachOnce = true
  private passStamp: number
  private checkedIos = 0
  private checkedSectors = 0
  private comparedSectors = 0
  private errors = 0
  private readonly complaints: string[] = []

  /** `spotOf` finds a sector of the job's device on the media. */
  constructor(media: Media, jobName: string, spotOf: (sector: number) => Spot | undefined) {
    this.spotOf = spotOf
    this.media = media
    this.jobName = jobName
    this.passStamp = media.newStamp()
  }

  get failed(): boolean {
    return this.errors > 0
  }

  /** `eachOnce`: no block is written twice in this pass, so one mark does for all of it. */
  beginPass(eachOnce: boolean): void {
    this.expected = new ExtentMap()
    this.order = []
    this.eachOnce = eachOnce
    this.passStamp = this.media.newStamp()
  }

  /** The memory of an I/O that is about to be sent. */
  bufferFor(unit: FioUnit): Buffer {
    const first = unit.offset / 512
    if (unit.direction === 'read') return checkedBuffer(first, NO_STAMP)
    if (this.eachOnce) this.order.push(unit)
    return checkedBuffer(first, this.eachOnce ? this.passStamp : this.media.newStamp())
  }

  writeEnded(io: AppIo): void {
    const stamp = io.status === 0 ? io.buffer.data!.stamp : UNKNOWN
    this.expected.write(...sectorsOf(io), { stamp, shift: 0 })
  }

  /** What has to be read back, in fio's order: as written, or by place where blocks may be written twice. */
  *toReadBack(): Generator<FioUnit, void, undefined> {
    if (this.eachOnce) {
      for (const { offset, length } of this.order) yield { direction: 'read', offset, length }
      return
    }
    for (const [start, end, { stamp }] of this.expected.all()) {
      if (stamp !== UNKNOWN) yield { direction: 'read', offset: start * 512, length: (end - start) * 512 }
    }
  }

  /** Compares a block that was read with what was written there. */
  readBackEnded(io: AppIo): void {
    if (io.status !== 0) return
    const [start, end] = sectorsOf(io)
    this.checkedIos++
    this.checkedSectors += end - start
    this.compare(io.buffer.data!.received, start, end)
  }

  /** A block read by a job that does not write: whatever mark it bears, it must have been written for this place. */
  readEnded(io: AppIo): void {
    if (io.status !== 0) return
    const [start, end] = sectorsOf(io)
    this.checkedIos++
    this.checkedSectors += end - start
    const before = this.errors
    io.buffer.data!.received.visit(start, end, (from, to, mark) => {
      if (this.errors === before && (mark.stamp === NO_STAMP || mark.shift !== 0))
        this.complain(from, to, undefined, mark)
    })
  }

  /** The pass is read back: nothing of it is left to check. */
  endPass(): void {
    this.expected = new ExtentMap()
    this.order = []
  }

  /** What no read has checked is held against the media itself. */
  compareRest(): void {
    for (const [start, end, { stamp }] of this.expected.all())
      if (stamp !== UNKNOWN) this.compareWithMedia(start, end)
    this.endPass()
  }

  /** Piece by piece, as the stack has laid it out. */
  private compareWithMedia(start: number, end: number): void {
    for (let at = start; at < end;) {
      const spot = this.spotOf(at)
      if (spot === undefined) return
      const until = Math.min(end, at + spot.sectors)
      this.comparedSectors += until - at
      this.compare(seenFromAbove(this.media.lun(spot.lun), spot.sector - at), at, until)
      at = until
    }
  }

  report(): VerifyReport {
    const { checkedIos, checkedSectors, comparedSectors, errors, complaints } = this
    return { checkedIos, checkedSectors, comparedSectors, errors, complaints }
  }

  /** One error for each I/O or extent that differs, as fio counts. */
  private compare(found: Pick<ExtentMap, 'visit'>, start: number, end: number): void {
    const before = this.errors
    this.expected.visit(start, end, (from, to, wanted) => {
      if (wanted.stamp === UNKNOWN || wanted.stamp === NO_STAMP) return
      found.visit(from, to, (at, until, mark) => {
        const right = mark.stamp === wanted.stamp && mark.shift === 0
        if (!right && this.errors === before) this.complain(at, until, wanted, mark)
      })
    })
  }

  private complain(from: number, to: number, wanted: Mark | undefined, found: Mark): void {
    this.errors++
    if (this.complaints.length === COMPLAINTS_KEPT) return
    const place = `sectors ${String(from)} to ${String(to - 1)}`
    this.complaints.push(`${this.jobName}: ${place}: ${whatIsWrong(wanted, found)}`)
  }
}

/** The sectors of a LUN by those of the application, which are `below` smaller. */
function seenFromAbove(lun: ExtentMap, below: number): Pick<ExtentMap, 'visit'> {
  return {
    visit: (start, end, visitor) => {
      lun.visit(start + below, end + below, (from, to, { stamp, shift }) => {
        visitor(from - below, to - below, { stamp, shift: shift + below })
      })
    },
  }
}

function whatIsWrong(wanted: Mark | undefined, found: Mark): string {
  if (found.stamp === NO_STAMP) return 'no write of a verifying job has arrived here'
  if (found.shift !== 0)
    return `data written for ${String(Math.abs(found.shift))} sectors ${found.shift > 0 ? 'further on' : 'before'}`
  if (wanted && found.stamp > wanted.stamp) return 'data of a later write'
  return 'data of an earlier write; the last one is lost'
}

function sectorsOf(io: AppIo): [start: number, end: number] {
  return [io.offsetBytes / 512, (io.offsetBytes + io.lengthBytes) / 512]
}
