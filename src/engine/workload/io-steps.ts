/**
 * The I/O verbs of a task: io_submit in batches or one by one, closed loops, synchronous I/O, fsync, discard and
 * zeroing. fs/aio.c:__x64_sys_io_submit, block/fops.c, block/blk-lib.c, 6.12.
 */
import type { BlockDevice } from '../block/block-device.ts'
import { type Buffer, CONTIGUOUS, piecesOf } from '../block/buffer.ts'
import { finishPlug, flushPlugBeforeSleep, startPlug } from '../block/blk-mq-plug.ts'
import { BlkStatus, EventKind, Op, packRwbs, type Rwbs, RwbsFlag, SleepReason } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { IoItem, LoopIo, StridedIo, TimedIo } from '../scenario.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import { AppIo, type AppIoOwner } from './app-io.ts'
import type { PageCache } from './page-cache.ts'
import { Readahead } from './readahead.ts'
import type { Tally } from './tally.ts'
import { PAGE_BYTES } from '../kernel/constants.ts'
import { Xorshift64 } from './xorshift.ts'
import { sleepNs } from '../sim/sleep.ts'

/** fs/aio.c:AIO_PLUG_THRESHOLD: io_submit plugs when it carries more than this. */
const AIO_PLUG_THRESHOLD = 2

/** The asynchronous I/Os of one task and their completion ring. */
export class IoSteps implements AppIoOwner {
  private readonly m: Machine
  private readonly device: BlockDevice
  private readonly tally: Tally
  private outstanding = 0
  /** Completions that have not been taken from the ring yet. */
  private completed = 0
  private waiter: Context | undefined
  private submittedByTask = 0
  private readonly synchronous = new Set<AppIo>()
  private readonly cache: PageCache
  private readonly file: Readahead
  /** Told of each I/O that has ended, before anybody is woken for it. */
  private readonly listener: ((io: AppIo) => void) | undefined

  constructor(
    m: Machine,
    device: BlockDevice,
    tally: Tally,
    cache: PageCache,
    readAheadPages: number,
    listener?: (io: AppIo) => void,
  ) {
    this.m = m
    this.device = device
    this.tally = tally
    this.cache = cache
    this.file = new Readahead(readAheadPages)
    this.listener = listener
  }

  /** Asynchronous I/Os whose end the task has not taken from its ring yet: what fio holds against its depth. */
  get notReaped(): number {
    return this.outstanding + this.completed
  }

  partEnded(): void {
    this.waiter?.wake()
    this.waiter = undefined
  }

  ioEnded(io: AppIo): void {
    this.tally.count(io, io.lengthBytes > 0 && (io.rwbs & 7) <= Op.WRITE)
    this.listener?.(io)
    if (!this.synchronous.delete(io)) {
      this.outstanding--
      this.completed++
    }
    this.partEnded()
  }

  *strided(ctx: Context, step: StridedIo): Steps {
    const items = Array.from({ length: step.count }, (_, i): IoItem => {
      const n = step.descending ? step.count - 1 - i : i
      return { op: step.op, offset: step.offset + n * step.stride, length: step.length }
    })
    const pieces = inPieces(step.segments)
    const bufferOf = (item: IoItem): Buffer =>
      step.bio_bytes === undefined ? pieces(item) : { ...pieces(item), bioBytes: step.bio_bytes }
    if (step.io === 'batch') yield* this.batch(ctx, items, bufferOf)
    else for (const item of items) yield* this.one(ctx, item, bufferOf(item))
  }

  list(ctx: Context, items: readonly IoItem[], segments: number | undefined): Steps {
    return this.batch(ctx, items, inPieces(segments))
  }

  /** One io_submit. */
  *batch(ctx: Context, items: readonly IoItem[], bufferOf: (item: IoItem) => Buffer): Steps {
    const plugged = items.length > AIO_PLUG_THRESHOLD && startPlug(ctx)
    let isFirst = true
    for (const item of items) {
      yield* this.one(ctx, item, bufferOf(item), isFirst)
      isFirst = false
    }
    if (plugged) yield* finishPlug(this.m, ctx)
  }

  /** `beginsCall`: a system call of its own, or the first I/O of one. */
  private *one(ctx: Context, item: IoItem, buffer: Buffer, beginsCall = true): Steps {
    if (ctx.spend(submitNs(this.m, beginsCall))) yield
    const rwbs = item.op === 'R' ? packRwbs(Op.READ) : packRwbs(Op.WRITE, RwbsFlag.SYNC)
    this.outstanding++
    const io = this.newIo(rwbs, item.offset, item.length, beginsCall)
    yield* io.submit(ctx, buffer)
  }

  private newIo(rwbs: Rwbs, offset: number, length: number, beginsCall: boolean): AppIo {
    this.tally.submitted++
    const number = this.submittedByTask++
    return new AppIo(this.m, this.device, rwbs, offset, length, this, number, beginsCall)
  }

  /** Until everything this task submitted has completed. */
  *wait(ctx: Context): Steps {
    while (this.outstanding > 0) yield* this.sleepForIo(ctx)
    yield* this.reap(ctx)
  }

  private *sleepForIo(ctx: Context): Steps {
    this.m.log.emit(EventKind.task_sleep, 255, 0, 0, 0, 0, 0, SleepReason.io_wait)
    this.waiter = ctx
    ctx.sleep()
    yield
    if (ctx.spend(this.m.costs.contextSwitch)) yield
    this.m.log.emit(EventKind.task_wake, 255, 0, 0, 0, 0, 0, SleepReason.io_wait)
  }

  private *reap(ctx: Context): Steps {
    const taken = this.completed
    if (taken === 0) return
    this.completed = 0
    if (ctx.spend(this.m.costs.reap * taken)) yield
    this.m.log.emit(EventKind.io_reap, this.device.index, 0, 0, 0, 0, 0, taken)
  }

  /** Closed loop: never more than `depth` outstanding, one io_submit each. */
  *loop(ctx: Context, step: LoopIo): Steps {
    const next = offsets(step)
    let left = step.count
    while (left > 0 || this.outstanding > 0) {
      while (left > 0 && this.outstanding < step.depth) {
        left--
        yield* this.one(ctx, next(), CONTIGUOUS)
      }
      yield* this.waitFor(ctx, 1)
    }
  }

  /** The same for a time, with a pause after each submission. */
  *timed(ctx: Context, step: TimedIo): Steps {
    const next = offsets(step)
    const endNs = this.m.clock.nowNs + step.duration_ns
    while (this.m.clock.nowNs < endNs) {
      while (this.outstanding < step.depth && this.m.clock.nowNs < endNs) {
        yield* this.one(ctx, next(), CONTIGUOUS)
        if (step.think_ns > 0) yield* sleepNs(this.m, ctx, step.think_ns)
      }
      yield* this.waitFor(ctx, 1)
    }
    yield* this.wait(ctx)
  }

  /** io_getevents: at least so many completions (as far as there are I/Os), and all that are there. */
  *waitFor(ctx: Context, atLeast: number): Steps {
    while (this.completed < atLeast && this.outstanding > 0) yield* this.sleepForIo(ctx)
    yield* this.reap(ctx)
  }

  /** pread or pwrite, O_DIRECT; `dsync`: RWF_DSYNC, which becomes FUA. */
  *sync(
    ctx: Context,
    op: 'R' | 'W',
    offset: number,
    length: number,
    dsync: boolean,
    buffer: Buffer = CONTIGUOUS,
  ): Steps {
    const rwbs =
      op === 'R' ? packRwbs(Op.READ) : packRwbs(Op.WRITE, RwbsFlag.SYNC | (dsync ? RwbsFlag.FUA : 0))
    const submit = (io: AppIo): Steps => (dsync ? this.writeAndFlush(ctx, io) : io.submit(ctx, buffer))
    yield* this.synchronously(ctx, rwbs, offset, length, submit)
  }

  /** A synchronous write of a block device also flushes its cache (block/fops.c:blkdev_write_iter, generic_write_sync). */
  private *writeAndFlush(ctx: Context, io: AppIo): Steps {
    yield* io.submitPinned(ctx, io.rwbs, 0, io.lengthBytes, CONTIGUOUS)
    while (!io.onlyHeld) yield* this.sleepForIo(ctx)
    if (io.status === BlkStatus.OK) yield* io.submitFlush(ctx)
    io.bioEndIo()
  }

  /** fsync of the device: dirty pages go out and are waited for, then its cache is flushed (blkdev_issue_flush). */
  *fsync(ctx: Context): Steps {
    const rwbs = packRwbs(Op.WRITE, RwbsFlag.PREFLUSH | RwbsFlag.SYNC)
    yield* this.synchronously(ctx, rwbs, 0, 0, (io) => this.writebackAndFlush(ctx, io))
  }

  private *writebackAndFlush(ctx: Context, io: AppIo): Steps {
    yield* this.cache.writeback(ctx, io)
    while (!io.onlyHeld) yield* this.sleepForIo(ctx)
    if (io.status === BlkStatus.OK) yield* io.submitFlush(ctx)
    io.bioEndIo()
  }

  /** pwrite through the page cache, `count` times. */
  *bufferedWrite(ctx: Context, offset: number, length: number, count: number): Steps {
    for (let n = 0; n < count; n++) {
      yield* this.throughCache(ctx, packRwbs(Op.WRITE), offset + n * length, length)
      this.cache.write(offset + n * length, length)
      this.tally.submitted++
      this.tally.ok++
    }
  }

  private *throughCache(ctx: Context, rwbs: Rwbs, offset: number, length: number): Steps {
    const { costs, log } = this.m
    if (ctx.spend(costs.systemCall + costs.page * pagesIn(length))) yield
    log.emit(EventKind.cached_io, this.device.index, rwbs, 0, 0, offset / 512, length / 512, 0)
  }

  /** pread through the page cache, `count` times, with readahead; true when all of it came. */
  *bufferedRead(ctx: Context, offset: number, length: number, count: number): Steps<boolean> {
    let allCame = true
    for (let n = 0; n < count; n++) {
      yield* this.throughCache(ctx, packRwbs(Op.READ), offset + n * length, length)
      this.tally.submitted++
      if (yield* this.cache.read(ctx, this.file, offset + n * length, length)) this.tally.ok++
      else {
        this.tally.failed++
        allCame = false
      }
    }
    return allCame
  }

  dropCache(): void {
    this.cache.drop()
  }

  /** blkdev_issue_discard: bios as large as a bio can be, the last one waited for. */
  *discard(ctx: Context, offset: number, length: number): Steps {
    yield* this.issueParts(ctx, Op.DISCARD, offset, length, MAX_BIO_BYTES)
  }

  /** blkdev_issue_zeroout: bios as large as the device's write zeroes limit, the last one waited for. */
  *zeroout(ctx: Context, offset: number, length: number): Steps {
    const most = this.device.queue.limits.maxWriteZeroesSectors * 512
    yield* this.issueParts(ctx, Op.WRITE_ZEROES, offset, length, most || length)
  }

  /** Only the bio that is waited for (submit_bio_wait) is marked SYNC. */
  private *issueParts(ctx: Context, op: Op, offset: number, length: number, maxBytes: number): Steps {
    const sync = packRwbs(op, RwbsFlag.SYNC)
    const parts = this.submitParts.bind(this, ctx, packRwbs(op), sync, maxBytes)
    yield* this.synchronously(ctx, sync, offset, length, parts)
  }

  private *submitParts(ctx: Context, plain: Rwbs, sync: Rwbs, maxBytes: number, io: AppIo): Steps {
    const plugged = startPlug(ctx)
    for (let at = 0; at < io.lengthBytes; at += maxBytes) {
      const bytes = Math.min(maxBytes, io.lengthBytes - at)
      yield* io.submitPart(ctx, at + bytes === io.lengthBytes ? sync : plain, at, bytes, CONTIGUOUS)
    }
    // the task sleeps for its last bio with the plug still open; that is what flushes it
    if (plugged) {
      yield* flushPlugBeforeSleep(this.m, ctx)
      yield* finishPlug(this.m, ctx)
    }
    io.bioEndIo()
  }

  private *synchronously(
    ctx: Context,
    rwbs: Rwbs,
    offset: number,
    length: number,
    submit: (io: AppIo) => Steps,
  ): Steps {
    if (ctx.spend(submitNs(this.m, true))) yield
    const io = this.newIo(rwbs, offset, length, true)
    this.synchronous.add(io)
    yield* submit(io)
    while (!io.done) yield* this.sleepForIo(ctx)
  }
}

/** CPU time of an application's I/O up to its bio and its pages. */
function submitNs({ costs }: Machine, beginsCall: boolean): number {
  return beginsCall ? costs.ioSubmit + costs.systemCall : costs.ioSubmit
}

function pagesIn(bytes: number): number {
  return Math.ceil(bytes / PAGE_BYTES)
}

/** Memory of one piece, or cut into `segments` pieces. */
function inPieces(segments: number | undefined): (item: IoItem) => Buffer {
  return ({ length }) => (segments && segments > 1 ? piecesOf(length / segments) : CONTIGUOUS)
}

/** block/blk-lib.c:bio_discard_limit: a bio's size is 32 bits of bytes, in whole sectors. */
const MAX_BIO_BYTES = 0xffff_ffff - 511

/** Offsets and directions of a loop: one step of the generator per I/O; `M` alternates, reads first. */
function offsets(step: LoopIo | TimedIo): () => IoItem {
  const random = new Xorshift64(step.seed)
  const places = Math.floor(step.span / step.length)
  let count = 0
  return () => {
    const mixed = count++ % 2 === 0 ? 'R' : 'W'
    return {
      op: step.op === 'M' ? mixed : step.op,
      offset: random.below(places) * step.length,
      length: step.length,
    }
  }
}
