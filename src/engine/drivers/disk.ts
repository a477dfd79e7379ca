/**
 * What the drivers have in common: a device with a queue, a service model, and commands of which answers may stay out,
 * because the device hangs or its cable was pulled.
 *
 * A device that hangs goes on working and keeps its answers to itself until it comes back; what was on a cable that is
 * pulled is lost.
 */
import type { Bio } from '../block/bio.ts'
import { createDiskQueue } from '../block/create-queue.ts'
import type { IoQueue } from '../block/io-queue.ts'
import type { BlockSoftirq } from '../block/complete.ts'
import { limitsFromSysfs } from '../block/limits.ts'
import type { MqOps } from '../block/mq-ops.ts'
import type { Request } from '../block/request.ts'
import { type AccessState, type BlkStatus, DeviceState, EventKind, type ScsiDh } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { Completion, DriverName, InjectedError, ScenarioDevice } from '../scenario.ts'
import type { Context, Steps } from '../sim/cpu.ts'
import { Rng } from '../sim/rng.ts'
import type { ActivationOrder } from './activations.ts'
import { ArrayBackEnd } from './array-back-end.ts'
import { CommandWatch } from './command-watch.ts'
import type { PathAnswer, PathDevice } from './path-device.ts'
import type { TransportAttribute } from './transport.ts'
import { Command, type CommandOwner, type Pace, scaled, type Service } from './command.ts'
import { createService } from './service.ts'

/** What devices share, and what they may ask of the machine around them. */
export interface DriverWorld {
  readonly m: Machine
  readonly softirqs: readonly BlockSoftirq[]
  readonly seed: number
  /** Arrays by LUN. */
  readonly backEnds: Map<string, ArrayBackEnd>
  /** A device that was removed is found again: it gets a new one in its place. */
  rediscover(index: number): void
}

export abstract class Disk implements PathDevice, MqOps, CommandOwner {
  abstract readonly driver: DriverName
  abstract readonly hwHandler: string | undefined
  readonly index: number
  readonly name: string
  readonly dev: string
  readonly sizeSectors: number
  readonly lun: string | undefined
  readonly hasSubmitBio = false
  readonly queue: IoQueue
  readonly readAheadKb: number
  state: DeviceState = DeviceState.running
  alive = true
  queueDepth: number
  protected readonly world: DriverWorld
  readonly m: Machine
  protected readonly spec: ScenarioDevice
  protected completion: Completion
  /** Commands without an answer so far, in the order in which they were begun. */
  readonly inFlight: Set<Command> = new Set()
  protected readonly watch: CommandWatch
  protected readonly pace: Pace = { factor: 1 }
  protected hung = false
  /** The cable carries nothing for the time being. */
  protected stalled = false
  protected abortsWhileHung = true
  /** Answers come through; false without a transport that looks after a lost cable. */
  protected linkUp = true
  protected cableIn = true
  private service: Service
  private readonly withheld: Command[] = []
  /** Questions that a silent device may still answer. */
  private readonly unanswered: (() => void)[] = []

  constructor(world: DriverWorld, index: number, spec: ScenarioDevice) {
    const { m } = world
    this.world = world
    this.m = m
    this.spec = spec
    this.index = index
    this.name = spec.name
    this.dev = spec.dev
    this.sizeSectors = spec.sectors
    this.lun = spec.lun
    this.queueDepth = spec.queue_depth
    this.completion = spec.completion
    this.service = this.serviceFor(spec.completion)
    this.readAheadKb = Number(spec.queue['read_ahead_kb'] ?? 128)
    this.queue = createDiskQueue(m, this, spec.driver === 'scsi_debug' ? 'scsi' : 'none', {
      limits: limitsFromSysfs(spec.queue),
      ops: this,
      hwQueues: spec.hw_queues,
      tagDepth: spec.host_tags ?? spec.queue_depth,
      scheduler: String(spec.queue['scheduler'] ?? 'none'),
    })
    this.queue.nomerges = Number(spec.queue['nomerges'] ?? 0)
    this.watch = new CommandWatch(m, index, this.inFlight, (command) => {
      this.timedOut(command)
    })
  }

  submitBio(ctx: Context, bio: Bio): Steps {
    return this.queue.submitBio(ctx, bio)
  }

  abstract queueRq(ctx: Context, rq: Request): Steps<BlkStatus>
  abstract complete(rq: Request): void
  /** The answer to a command has come through. */
  protected abstract answered(command: Command): void
  /** No answer has come within the command's time. */
  protected abstract timedOut(command: Command): void
  abstract attachHandler(name: string): void
  abstract activate(ctx: Context): Steps<ScsiDh>
  abstract orderActivation(order: ActivationOrder): void
  abstract setAccessState(state: AccessState): void
  abstract inject(error: InjectedError): void
  abstract setLink(up: boolean): void
  abstract writeDeviceAttribute(ctx: Context, attribute: string, value: string): Steps<string | undefined>

  private serviceFor(completion: Completion): Service {
    const { backEnds, seed } = this.world
    let backEnd: ArrayBackEnd | undefined
    if (completion.kind === 'array') {
      const lun = this.spec.lun ?? this.name
      backEnd = backEnds.get(lun) ?? new ArrayBackEnd(this.m.clock, new Rng(seed, `lun ${lun}`), completion)
      backEnds.set(lun, backEnd)
    }
    const rng = new Rng(seed, `service ${this.name}`)
    return createService(completion, {
      clock: this.m.clock,
      pace: this.pace,
      sectors: this.sizeSectors,
      rng,
      backEnd,
    })
  }

  protected setCompletion(completion: Completion): void {
    this.completion = completion
    this.service = this.serviceFor(completion)
  }

  /** blk_mq_start_request: D; the device has the request from now on. */
  protected startRequest(rq: Request): void {
    rq.state = 'in-flight'
    rq.issueNs = this.m.clock.nowNs
    this.m.log.emit(
      EventKind.rq_issue,
      this.index,
      rq.rwbs,
      rq.id,
      rq.hctxShown,
      rq.sector,
      rq.sizeSectors,
      rq.tag,
    )
  }

  /** Sends a command that was started; what the driver keeps with it (rq.pdu) has to be there already. */
  protected send(rq: Request): void {
    const command = new Command(this, rq)
    this.inFlight.add(command)
    if (!this.linkUp) command.abandoned = true
    const answerNs = this.linkUp ? this.service.begin(command) : Infinity
    if (this.silent) this.watch.watch()
    else if (this.inFlight.has(command) && answerNs !== Infinity) this.watch.begun(answerNs)
  }

  /** Nothing comes back at present. */
  protected get silent(): boolean {
    return this.hung || this.stalled || !this.linkUp
  }

  commandDone(command: Command): void {
    if (this.hung || this.stalled) this.withheld.push(command)
    else this.receive(command)
  }

  private receive(command: Command): void {
    if (command.abandoned) return
    this.inFlight.delete(command)
    if (this.watch.running) this.watch.rest()
    this.answered(command)
  }

  /** Takes a command back from the device: whatever it still answers means nothing. */
  protected takeBack(command: Command): void {
    command.abandoned = true
    this.inFlight.delete(command)
    this.watch.rest()
  }

  setHung(hung: boolean, heedsAborts: boolean): void {
    this.abortsWhileHung = heedsAborts
    if (hung === this.hung || !this.alive) return
    this.hung = hung
    this.m.log.emit(EventKind.silent, this.index, 0, 0, 0, 0, 0, hung ? 1 : 0)
    if (hung) this.watch.watch()
    else this.releaseSoon()
  }

  /** Answers that were held back come now, in interrupts of their own. */
  protected releaseSoon(): void {
    const release = (): void => {
      if (this.hung || this.stalled) return
      for (const command of this.withheld.splice(0)) this.receive(command)
      for (const again of this.unanswered.splice(0)) again()
    }
    this.m.clock.schedule(this.m.clock.nowNs, { fire: release })
  }

  /** Nothing comes through until `on` is false again; nothing is lost. */
  stall(on: boolean): void {
    if (on === this.stalled) return
    this.stalled = on
    if (on) this.watch.watch()
    else this.releaseSoon()
  }

  /** What is on the cable is lost; the kernel does not know yet. */
  protected loseAnswers(): void {
    for (const command of this.inFlight) command.abandoned = true
    this.watch.watch()
  }

  /** Time of a command that is not in the log. */
  protected get passthroughNs(): number {
    return this.completion.kind === 'timer' ? scaled(this.completion.ns, this.pace) : 0
  }

  testUnitReady(answered: (answer: PathAnswer) => void): void {
    const answer = (): void => {
      if (!this.alive || this.state !== DeviceState.running) answered('no connection')
      else if (!this.linkUp) return
      else if (this.hung || this.stalled) this.unanswered.push(answer)
      else answered(this.readiness)
    }
    this.m.clock.schedule(this.m.clock.nowNs + Math.max(this.passthroughNs, this.m.costs.driverQueue), {
      fire: answer,
    })
  }

  /** What a device that answers says to TEST UNIT READY. */
  protected get readiness(): PathAnswer {
    return 'good'
  }

  get accessState(): AccessState | undefined {
    return undefined
  }

  writeTransport(_attribute: TransportAttribute, _value: string): string | undefined {
    return undefined
  }

  readTransport(_attribute: TransportAttribute): string | undefined {
    return undefined
  }

  setPace(factor: number): void {
    if (factor === this.pace.factor) return
    this.pace.factor = factor
    this.m.log.emit(EventKind.pace, this.index, 0, 0, 0, 0, 0, Math.round(factor * 1000))
  }

  /** Somebody pulls or plugs it; what that means is the transport's affair. */
  protected moveCable(up: boolean): void {
    if (up === this.cableIn) return
    this.cableIn = up
    this.m.log.emit(EventKind.cable, this.index, 0, 0, 0, 0, 0, up ? 1 : 0)
  }

  get reachable(): boolean {
    return this.cableIn
  }

  get timerRuns(): boolean {
    return this.watch.running
  }

  protected say(state: DeviceState): void {
    this.m.log.emit(EventKind.device_state, this.index, 0, 0, 0, 0, 0, state)
  }
}
