/**
 * The end of requests: block/blk-mq.c:blk_update_request, __blk_mq_end_request, blk_mq_free_request, and the softirq
 * in which drivers' completions are run (blk_mq_complete_request, blk_done_softirq). 6.12; 6.1 alike.
 *
 * Simplified: a completion always runs on the CPU of its submitter (what rq_affinity 1 gives on CPUs that share no
 * cache, as in the traced machine); request accounting and statistics are left out.
 */
import { BlkStatus, CompletedIn, EventKind } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import { type Context, type Cpu, CpuClass, type Steps } from '../sim/cpu.ts'
import { type Bio, bioEndio } from './bio.ts'
import type { Request } from './request.ts'
import { releaseBudget } from './request-queue.ts'

/**
 * blk_update_request: ends `sectors` of the request with `told`; bios that are complete end with it. True while
 * something is left. An error that the kernel of the run cannot tell from others becomes the one it can tell.
 */
export function updateRequest(rq: Request, told: BlkStatus, sectors: number): boolean {
  const { m, device } = rq.queue
  const status = m.profile.statusToldAs.get(told) ?? told
  const said = rq.sayCompletion()
  m.log.emit(EventKind.rq_complete, device.index, rq.rwbs, rq.id, said, rq.sector, sectors, status)
  if (rq.bio === undefined) return false
  if (status !== BlkStatus.OK && device.alive && !rq.quiet) {
    m.log.emit(EventKind.rq_error, device.index, rq.rwbs, rq.id, 0, rq.sector, sectors, status)
  }
  let left = sectors
  while (rq.bio !== undefined) {
    const bio: Bio = rq.bio
    if (status !== BlkStatus.OK) bio.status = status
    bio.traceCompletion = false
    if (left < bio.sizeSectors) {
      bio.advance(left)
      left = 0
      break
    }
    left -= bio.sizeSectors
    rq.bio = bio.next
    bio.next = undefined
    if (rq.inFlushSequence)
      bio.advance(bio.sizeSectors) // ended by the flush machine, which completes nothing more
    else bioEndio(m, bio)
    if (left === 0) break
  }
  if (rq.bio === undefined) {
    rq.sizeSectors = 0
    return false
  }
  const done = sectors - left
  rq.sizeSectors -= done
  rq.sector += done
  return true
}

/** blk_mq_end_request: all of it, then the request itself. */
export function endRequest(rq: Request, status: BlkStatus): void {
  updateRequest(rq, status, rq.sizeSectors)
  finishRequest(rq, status)
}

/** __blk_mq_end_request: the data is done; tells whoever owns the request, or frees it. */
export function finishRequest(rq: Request, told: BlkStatus): void {
  const { statusToldAs } = rq.queue.m.profile
  if (rq.owner) rq.owner.rqEndIo(rq, statusToldAs.get(told) ?? told)
  else freeRequest(rq)
}

/** blk_mq_free_request: tags are free again, and a queue that waited for that runs. */
export function freeRequest(rq: Request): void {
  const { queue, hctx } = rq
  releaseBudget(rq)
  queue.ops!.cleanup?.(rq)
  queue.m.log.emit(EventKind.rq_free, queue.device.index, rq.rwbs, rq.id, 0, 0, 0, 0)
  rq.state = 'idle'
  queue.putTags(rq)
  rq.tag = -1
  rq.internalTag = -1
  hctx.schedRestart()
  queue.noteFreed()
}

/** blk_cpu_done and the softirq that empties it, one per CPU. */
export class BlockSoftirq {
  private readonly m: Machine
  private readonly done: Request[] = []
  private readonly thread: Context
  private readonly cpu: Cpu
  private threadAwake = false
  private inInterrupt = false

  constructor(m: Machine, cpu: Cpu) {
    this.m = m
    this.cpu = cpu
    this.thread = m.softirqContext(cpu, CpuClass.normal)
  }

  /**
   * blk_mq_raise_softirq. From an interrupt the softirq runs as that interrupt returns; from a task it is left to
   * ksoftirqd, which gets the CPU when the task yields.
   */
  raise(rq: Request): void {
    this.done.push(rq)
    if (this.inInterrupt) return
    const { running } = this.m.clock
    if (running === this.thread) return
    if (running === undefined || running.runningClass === CpuClass.interrupt) {
      this.inInterrupt = true
      this.m.interrupt(this.cpu, (ctx) => this.run(ctx))
    } else if (!this.threadAwake) {
      this.threadAwake = true
      this.thread.start(this.run(this.thread), () => {
        this.threadAwake = false
      })
    }
  }

  /** blk_done_softirq: takes all that is there; what is completed meanwhile makes another round. */
  private *run(ctx: Context): Steps {
    const { costs } = this.m
    const inThread = ctx === this.thread
    let where: CompletedIn = inThread ? CompletedIn.softirq_raised : CompletedIn.softirq_of_interrupt
    let batch = this.done.splice(0)
    if (batch.length > 0 && ctx.spend(inThread ? costs.softirqEntry : costs.interrupt + costs.softirqEntry))
      yield
    for (; batch.length > 0; batch = this.done.splice(0)) {
      for (const rq of batch) {
        if (ctx.spend(costs.completeRequest + costs.endBio * rq.bioCount)) yield
        rq.takeUp(where)
        where = CompletedIn.softirq
        rq.queue.ops!.complete(rq)
      }
    }
    if (!inThread) this.inInterrupt = false
  }
}
