/**
 * Errors that a scenario has ordered for coming commands of one device: which command gets which, by direction, sectors,
 * count and chance. The first order that fits is used (scsi_debug's error injection list works so).
 */
import type { Request } from '../block/request.ts'
import { Op } from '../log/index.ts'
import type { InjectedError } from '../scenario.ts'
import { Rng } from '../sim/rng.ts'

interface Order {
  readonly error: InjectedError
  readonly rng: Rng
  left: number
}

export class Injections {
  private readonly device: string
  private readonly seed: number
  private readonly orders: Order[] = []

  constructor(device: string, seed: number) {
    this.device = device
    this.seed = seed
  }

  add(error: InjectedError): void {
    const stream = `inject ${this.device} ${String(this.orders.length)}`
    this.orders.push({ error, rng: new Rng(error.seed ?? this.seed, stream), left: error.count })
  }

  /** The error for this command, if any; it is used up. */
  take(rq: Request): InjectedError | undefined {
    const order = this.orders.find((candidate) => candidate.left > 0 && fits(candidate, rq))
    if (order === undefined) return undefined
    order.left--
    return order.error
  }
}

function fits({ error, rng }: Order, rq: Request): boolean {
  if (!matchesDirection(error.command, rq.op)) return false
  const { first_sector: first, sectors } = error
  if (first !== undefined && (rq.sector >= first + (sectors ?? 1) || rq.endSector <= first)) return false
  return error.probability === undefined || rng.chance(error.probability)
}

function matchesDirection(command: InjectedError['command'], op: Op): boolean {
  if (op === Op.READ) return command !== 'WRITE'
  return op === Op.WRITE && command !== 'READ'
}
