/**
 * A disk with one arm, one command at a time in order of arrival: the seek grows with the square root of the distance
 * between track-to-track and full stroke, then the first sector has to come round, then the data passes under the head.
 * What follows the last command without a gap needs neither, because the disk reads ahead and gathers writes.
 *
 * The platter turns from time 0 on, so where a sector is follows from the clock and nothing is drawn. Simplified: as
 * many sectors on inner tracks as on outer ones, no reordering inside the disk (NCQ), no time to change heads.
 */
import type { DiskCompletion } from '../scenario.ts'
import { type Command, scaled, type Service, type ServiceSite, transferNs } from './command.ts'

export class DiskService implements Service {
  private readonly site: ServiceSite
  private readonly spec: DiskCompletion
  private readonly turnNs: number
  private readonly sectorsPerTrack: number
  private freeAtNs = 0
  private track = 0
  /** Sector behind the last one read or written; -1 before the first command. */
  private next = -1

  constructor(site: ServiceSite, spec: DiskCompletion) {
    this.site = site
    this.spec = spec
    this.turnNs = 60e9 / spec.rpm
    this.sectorsPerTrack = Math.max(1, Math.round((spec.bytes_per_s * this.turnNs) / 1e9 / 512))
  }

  begin(command: Command): number {
    const { clock, pace } = this.site
    const startNs = Math.max(clock.nowNs, this.freeAtNs)
    this.freeAtNs = startNs + scaled(this.busyNs(command, startNs), pace)
    clock.schedule(this.freeAtNs, command)
    return this.freeAtNs
  }

  private busyNs({ rq }: Command, startNs: number): number {
    if (rq.sizeSectors === 0) return 0
    const transfer = transferNs(rq.sizeSectors, this.spec.bytes_per_s)
    const follows = rq.sector === this.next
    const seek = follows ? 0 : this.seekNs(rq.sector)
    const wait = follows ? 0 : this.rotationNs(rq.sector, startNs + seek)
    this.next = rq.endSector
    this.track = this.trackOf(rq.endSector - 1)
    return seek + wait + transfer
  }

  private trackOf(sector: number): number {
    return Math.floor(sector / this.sectorsPerTrack)
  }

  private seekNs(sector: number): number {
    const distance = Math.abs(this.trackOf(sector) - this.track)
    if (distance === 0) return 0
    const { track_to_track_ns: least, full_stroke_ns: most } = this.spec
    const longest = Math.max(2, this.trackOf(this.site.sectors))
    return least + (most - least) * Math.sqrt((distance - 1) / (longest - 1))
  }

  /** Until the sector is under the head. */
  private rotationNs(sector: number, timeNs: number): number {
    const angle = (sector % this.sectorsPerTrack) / this.sectorsPerTrack
    const now = (timeNs % this.turnNs) / this.turnNs
    return ((angle - now + 1) % 1) * this.turnNs
  }
}
