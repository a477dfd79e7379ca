/**
 * The page cache of a block device, reduced to what the block layer sees of it: which pages are there, which are dirty,
 * and the bios that readahead and writeback make. mm/filemap.c, mm/readahead.c, block/fops.c, 6.12.
 *
 * Simplified: no memory pressure and no background writeback (dirty pages go out at fsync); pages of one size; a write
 * of part of a page does not read it first.
 */
import { CONTIGUOUS } from '../block/buffer.ts'
import { finishPlug, startPlug } from '../block/blk-mq-plug.ts'
import type { BlockDevice } from '../block/block-device.ts'
import { PAGE_BYTES } from '../kernel/constants.ts'
import { EventKind, Op, packRwbs, RwbsFlag, SleepReason } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import { AppIo, type AppIoOwner } from './app-io.ts'
import type { Readahead, ReadRequest } from './readahead.ts'

/** A page that is there, or on its way. */
type PageState = 'uptodate' | AppIo

export class PageCache implements AppIoOwner {
  private readonly m: Machine
  private readonly device: BlockDevice
  private readonly pages = new Map<number, PageState>()
  private readonly dirty = new Set<number>()
  private readonly markers = new Set<number>()
  private readonly waiters: Context[] = []

  constructor(m: Machine, device: BlockDevice) {
    this.m = m
    this.device = device
  }

  /** A readahead has ended: its pages are there, or missing again if it failed. */
  ioEnded(io: AppIo): void {
    const first = io.offsetBytes / PAGE_BYTES
    for (let page = first; page < first + io.lengthBytes / PAGE_BYTES; page++) {
      if (this.pages.get(page) !== io) continue
      if (io.status === 0) this.pages.set(page, 'uptodate')
      else this.pages.delete(page)
    }
    for (const waiter of this.waiters.splice(0)) waiter.wake()
  }

  partEnded(): void {
    // only whole readaheads matter here
  }

  /** write(2): copied into the cache. */
  write(offset: number, length: number): void {
    for (const page of pagesOf(offset, length)) {
      this.pages.set(page, 'uptodate')
      this.dirty.add(page)
    }
  }

  /** read(2): true when the data came, false when a page could not be read. */
  *read(ctx: Context, file: Readahead, offset: number, length: number): Steps<boolean> {
    const wanted = pagesOf(offset, length)
    const last = wanted[wanted.length - 1]!
    for (const page of wanted) {
      if (!this.pages.has(page))
        yield* this.readahead(ctx, file.onMiss(page, last - page + 1, this.cachedBefore(page)))
      else if (this.markers.delete(page)) yield* this.readahead(ctx, file.onMarker())
      while (this.pages.get(page) instanceof AppIo) yield* this.sleepForPage(ctx)
      if (!this.pages.has(page)) return false // its readahead failed
    }
    file.readUpTo(last)
    return true
  }

  private *sleepForPage(ctx: Context): Steps {
    this.m.log.emit(EventKind.task_sleep, this.device.index, 0, 0, 0, 0, 0, SleepReason.io_wait)
    this.waiters.push(ctx)
    ctx.sleep()
    yield
    if (ctx.spend(this.m.costs.contextSwitch)) yield
    this.m.log.emit(EventKind.task_wake, this.device.index, 0, 0, 0, 0, 0, SleepReason.io_wait)
  }

  /** read_pages: the missing part of the window, under a plug of its own. */
  private *readahead(ctx: Context, request: ReadRequest): Steps {
    if (request.marker >= 0) this.markers.add(request.marker)
    const end = Math.min(request.firstPage + request.pages, Math.ceil(this.device.sizeSectors / 8))
    const plugged = startPlug(ctx)
    let page = request.firstPage
    while (page < end) {
      let until = page
      while (until < end && !this.pages.has(until)) until++
      if (until > page) yield* this.readRun(ctx, page, until - page)
      page = until + 1
    }
    if (plugged) yield* finishPlug(this.m, ctx)
  }

  private *readRun(ctx: Context, firstPage: number, count: number): Steps {
    const bytes = Math.min(count * PAGE_BYTES, this.device.sizeSectors * 512 - firstPage * PAGE_BYTES)
    const { costs } = this.m
    if (ctx.spend(costs.ioSubmit)) yield
    const io = new AppIo(
      this.m,
      this.device,
      packRwbs(Op.READ, RwbsFlag.RAHEAD),
      firstPage * PAGE_BYTES,
      bytes,
      this,
      0,
      false,
    )
    for (let page = firstPage; page < firstPage + count; page++) this.pages.set(page, io)
    yield* io.submit(ctx, CONTIGUOUS)
  }

  private cachedBefore(page: number): number {
    let count = 0
    while (this.pages.has(page - 1 - count)) count++
    return count
  }

  /** filemap_fdatawrite: a bio for each dirty page, in order, as parts of `io`. */
  *writeback(ctx: Context, io: AppIo): Steps {
    if (this.dirty.size === 0) return
    const dirty = [...this.dirty].sort((a, b) => a - b)
    this.dirty.clear()
    const plugged = startPlug(ctx)
    const rwbs = packRwbs(Op.WRITE, RwbsFlag.SYNC)
    for (const page of dirty) {
      const bytes = Math.min(PAGE_BYTES, this.device.sizeSectors * 512 - page * PAGE_BYTES)
      yield* io.submitPart(ctx, rwbs, page * PAGE_BYTES - io.offsetBytes, bytes, CONTIGUOUS)
    }
    if (plugged) yield* finishPlug(this.m, ctx)
  }

  /** posix_fadvise(DONTNEED): clean pages that are not on their way go. */
  drop(): void {
    for (const [page, state] of this.pages)
      if (state === 'uptodate' && !this.dirty.has(page)) this.pages.delete(page)
    this.markers.clear()
  }
}

function pagesOf(offset: number, length: number): number[] {
  const first = Math.floor(offset / PAGE_BYTES)
  const last = Math.floor((offset + length - 1) / PAGE_BYTES)
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
}
