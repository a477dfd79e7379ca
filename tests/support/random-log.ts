/**
 * Random logs that obey the rules of the event kinds, made without the engine: every I/O is a small process that yields
 * between its events, and chance decides whose turn it is. Covers what an engine can say about objects: splits, merges
 * of all kinds, clones, requeues, failures, retries, deferrals, flushes, a request that ends in two parts.
 */
import { BlkStatus, DEV_NONE, DispatchReason, RequeueTo, SplitLimit } from '../../src/engine/log/index.ts'
import { LogWriter } from './log-writer.ts'

type Process = Generator<void, void, void>
interface OpenRequest {
  readonly id: number
  readonly dev: number
  sector: number
  size: number
  bios: Part[]
}
interface Part {
  readonly id: number
  sector: number
  size: number
  done: boolean
  status: number
}

export interface RandomLogOptions {
  readonly mode: 'bio' | 'rq'
  readonly seed: number
  readonly ios: number
  readonly paths: number
  /** I/Os in flight at most. */
  readonly depth?: number
}

const DM = 0

export function randomLog(options: RandomLogOptions): LogWriter {
  return new RandomLog(options).run()
}

class RandomLog {
  private readonly log = new LogWriter()
  private readonly options: RandomLogOptions
  private state: number
  private nextId = 1
  private open: OpenRequest[] = []
  private processes: Process[] = []

  constructor(options: RandomLogOptions) {
    this.options = options
    this.state = (options.seed * 2_654_435_761 + 12_345) >>> 0 || 1
  }

  run(): LogWriter {
    const depth = this.options.depth ?? 12
    let started = 0
    while (started < this.options.ios || this.processes.length > 0) {
      if (
        started < this.options.ios &&
        (this.processes.length === 0 || (this.processes.length < depth && this.chance(0.3)))
      ) {
        this.processes.push(this.io(started++))
      }
      const at = this.below(this.processes.length)
      if (this.processes[at]!.next().done === true) this.processes.splice(at, 1)
      if (this.chance(0.7)) this.log.timeNs += this.below(this.chance(0.02) ? 50_000_000 : 4_000)
    }
    return this.log
  }

  private below(n: number): number {
    this.state ^= this.state << 13
    this.state ^= this.state >>> 17
    this.state ^= this.state << 5
    return (this.state >>> 0) % n
  }

  private chance(p: number): boolean {
    return this.below(1_000_000) < p * 1_000_000
  }

  private id(): number {
    return this.nextId++
  }

  private path(): number {
    return this.chance(0.05) ? DEV_NONE : 1 + this.below(this.options.paths)
  }

  private *io(index: number): Process {
    const { log } = this
    const io = this.id()
    const bio: Part = {
      id: this.id(),
      sector: index * 64,
      size: 8 * (1 + this.below(8)),
      done: false,
      status: 0,
    }
    const { sector, size } = bio
    log.add('io_submit', { subject: io, dev: DM, sector, size, arg: index })
    log.add('bio_queue', { subject: bio.id, object: io, dev: DM, sector, size })
    if (this.chance(0.05)) {
      log.add('bio_defer', { subject: bio.id, dev: DM, sector, size })
      yield
      log.add('bio_undefer', { subject: bio.id, dev: DM, sector, size })
    }
    yield
    if (this.options.mode === 'bio') yield* this.mapClone(bio)
    else {
      yield* this.toRequests(bio, DM)
      log.add('bio_endio', { subject: bio.id, dev: DM, sector, size, arg: bio.status })
    }
    log.add('io_end', { subject: io, dev: DM, sector, size, arg: bio.status })
  }

  private *mapClone(bio: Part): Process {
    const { log } = this
    const { sector, size } = bio
    const id = this.id()
    const at = { subject: id, sector, size }
    log.add('bio_clone', { ...at, object: bio.id, dev: DM })
    for (let attempt = 0; ; attempt++) {
      const dev = this.path()
      log.add('choose_path', { ...at, dev, object: this.chance(0.5) ? 2 : 0, arg: 1 })
      yield
      let failed = dev === DEV_NONE
      if (!failed) {
        log.add('start_io', { ...at, dev })
        if (attempt === 0) log.add('bio_remap', { ...at, object: bio.id, dev })
        log.add('bio_queue', { ...at, object: bio.id, dev })
        const clone: Part = { id, sector, size, done: false, status: 0 }
        yield* this.toRequests(clone, dev)
        failed = clone.status !== BlkStatus.OK
        if (!failed || this.chance(0.5)) log.add('bio_endio', { ...at, dev, arg: clone.status })
        log.add('end_io', { ...at, dev })
        if (failed) log.add('fail_path', { dev, arg: attempt + 1 })
        if (failed && this.chance(0.7)) log.add('reinstate_path', { dev, arg: attempt + 1 })
      }
      if (!failed) break
      log.add('bio_queue_mpath', { ...at, dev: DM })
      yield
      log.add('bio_retry', { ...at, dev: DM })
    }
    log.add('bio_complete', { subject: bio.id, dev: DM, sector, size })
  }

  /** Splits a bio and waits until all parts are done; the first error is its status. */
  private *toRequests(bio: Part, dev: number): Process {
    const { log } = this
    const fronts: Part[] = []
    const rest: Part = { ...bio }
    while (rest.size > 8 && this.chance(0.2)) {
      const front: Part = { id: this.id(), sector: rest.sector, size: 8, done: false, status: 0 }
      log.add('split', {
        subject: front.id,
        object: bio.id,
        dev,
        sector: front.sector,
        size: 8,
        arg: SplitLimit.max_sectors,
      })
      rest.sector += 8
      rest.size -= 8
      fronts.push(front)
      this.fragments.add(front.id)
      this.place(front, dev)
      yield
    }
    this.place(rest, dev)
    while (!rest.done || fronts.some((front) => !front.done)) yield
    bio.status = [...fronts, rest].find((part) => part.status !== 0)?.status ?? 0
  }

  private place(part: Part, dev: number): void {
    const { log } = this
    const { sector, size } = part
    const back = this.open.find((r) => r.dev === dev && r.sector + r.size === sector)
    const front = this.open.find((r) => r.dev === dev && sector + size === r.sector)
    const into = back ?? front
    if (into !== undefined && this.chance(0.8)) {
      log.add(back ? 'backmerge' : 'frontmerge', { subject: part.id, object: into.id, dev, sector, size })
      into.size += size
      if (!back) into.sector = sector
      if (back) into.bios.push(part)
      else into.bios.unshift(part)
      return
    }
    const request: OpenRequest = { id: this.id(), dev, sector, size, bios: [part] }
    log.add('getrq', { subject: request.id, object: part.id, dev, sector, size, arg: this.below(32) })
    log.add('plug_add', { subject: request.id, dev, sector, size })
    this.open.push(request)
    this.processes.push(this.request(request))
  }

  private *request(r: OpenRequest): Process {
    const { log } = this
    const now = (): { subject: number; sector: number; size: number } => ({
      subject: r.id,
      sector: r.sector,
      size: r.size,
    })
    yield
    if (this.absorbed.has(r)) return
    if (this.chance(0.7)) log.add('rq_insert', { ...now(), dev: r.dev })
    for (let wait = this.below(6); wait > 0; wait--) yield
    if (this.absorbed.has(r)) return
    this.absorbNeighbour(r)
    this.open = this.open.filter((other) => other !== r)
    if (this.chance(0.1)) {
      log.add('rq_dispatch_list', { ...now(), dev: r.dev, arg: DispatchReason.behind })
      yield
    }
    if (r.dev === DM) yield* this.throughClones(r)
    else yield* this.onDevice(r, r.id)
    this.finishBios(r, r.bios.length, r.bios[0]?.status ?? 0)
    log.add('rq_free', { ...now(), dev: r.dev })
  }

  private absorbNeighbour(r: OpenRequest): void {
    const other = this.open.find(
      (o) => o !== r && o.dev === r.dev && (o.sector === r.sector + r.size || o.sector + o.size === r.sector),
    )
    if (other === undefined || this.chance(0.5)) return
    this.log.add('rq_merge', {
      subject: other.id,
      object: r.id,
      dev: r.dev,
      sector: other.sector,
      size: other.size,
    })
    r.bios = other.sector < r.sector ? [...other.bios, ...r.bios] : [...r.bios, ...other.bios]
    r.sector = Math.min(r.sector, other.sector)
    r.size += other.size
    this.absorbed.add(other)
    this.open = this.open.filter((o) => o !== other)
  }

  /** D and C of a request on a path; the status is left in its bios. */
  private *onDevice(r: OpenRequest, id: number, dev: number = r.dev): Process {
    const at = { subject: id, sector: r.sector, size: r.size, dev }
    while (this.chance(0.1)) {
      this.log.add('rq_requeue', { ...at, arg: RequeueTo.dispatch })
      yield
    }
    this.log.add('rq_issue', { ...at, arg: this.below(32) })
    yield
    const status = this.chance(0.1) ? BlkStatus.TRANSPORT : BlkStatus.OK
    if (status !== BlkStatus.OK) this.log.add('rq_complete', { ...at, size: 0 })
    this.log.add('rq_complete', { ...at, arg: status })
    if (status !== BlkStatus.OK) this.log.add('rq_error', { ...at, arg: status })
    for (const bio of r.bios) bio.status = status
  }

  /** A dm request: choose, clone, issue on the path; on failure requeue and again, perhaps with a part already done. */
  private *throughClones(r: OpenRequest): Process {
    const { log } = this
    for (;;) {
      const at = { subject: r.id, sector: r.sector, size: r.size }
      log.add('rq_issue', { ...at, dev: DM, arg: this.below(32) })
      const dev = this.path()
      log.add('choose_path', { ...at, dev, arg: 1 })
      if (dev !== DEV_NONE) {
        const clone = this.id()
        const cloned = { ...at, subject: clone, dev }
        log.add('rq_clone', { ...cloned, object: r.id, arg: this.below(32) })
        log.add('start_io', cloned)
        log.add('rq_remap', { ...cloned, object: r.id })
        yield* this.onDevice(r, clone, dev)
        const failed = r.bios[0]!.status !== BlkStatus.OK
        log.add('end_io', cloned)
        log.add('rq_free', cloned)
        if (!failed) break
        log.add('fail_path', { dev, arg: 1 })
        if (this.chance(0.8)) log.add('reinstate_path', { dev, arg: 1 })
        if (r.bios.length > 1 && this.chance(0.5)) this.finishFirst(r)
      }
      log.add('rq_requeue', {
        subject: r.id,
        dev: DM,
        sector: r.sector,
        size: r.size,
        arg: RequeueTo.delayed,
      })
      yield
      log.add('rq_insert', { subject: r.id, dev: DM, sector: r.sector, size: r.size, arg: 1 })
      yield
    }
    log.add('rq_complete', { subject: r.id, dev: DM, sector: r.sector, size: r.size })
  }

  /** The request's first bio is done, the rest goes on. */
  private finishFirst(r: OpenRequest): void {
    const { sector, size } = r.bios[0]!
    this.log.add('rq_complete', { subject: r.id, dev: r.dev, sector, size })
    this.finishBios(r, 1, BlkStatus.OK)
    r.sector += size
    r.size -= size
  }

  /** Ends bios at the front of a request; the bio that keeps the rest of a split ends with its last part, elsewhere. */
  private finishBios(r: OpenRequest, count: number, status: number): void {
    for (const bio of r.bios.splice(0, count)) {
      bio.status = status
      bio.done = true
      if (this.isFragment(bio)) {
        this.log.add('bio_endio', {
          subject: bio.id,
          dev: r.dev,
          sector: bio.sector,
          size: bio.size,
          arg: status,
        })
      }
    }
  }

  private readonly fragments = new Set<number>()
  private readonly absorbed = new Set<OpenRequest>()

  private isFragment(bio: Part): boolean {
    return this.fragments.has(bio.id)
  }
}
