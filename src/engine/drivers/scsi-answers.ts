/**
 * What a SCSI device answers to a command, decided when it takes it: an error that was injected, that its port does not serve it, the bad sectors that
 * scsi_debug has (opts=2: every path sees them), or GOOD.
 */
import type { Request } from '../block/request.ts'
import { EventKind, Op } from '../log/index.ts'
import type { Machine } from '../machine.ts'
import type { InjectedError, ScenarioDevice } from '../scenario.ts'
import { Injections } from './injections.ts'
import {
  MEDIUM_ERROR_UNRECOVERED,
  SCSI_GOOD,
  SCSI_RESULTS,
  type ScsiResult,
  tellsWhere,
} from './scsi-result.ts'
import type { TargetPort } from './target-port.ts'

export interface ScsiAnswer {
  readonly result: ScsiResult
  readonly goodSectors: number
}

export class ScsiAnswers {
  private readonly m: Machine
  private readonly device: number
  private readonly mediumError: ScenarioDevice['medium_error']
  private readonly port: TargetPort
  private readonly injections: Injections

  constructor(m: Machine, device: number, spec: ScenarioDevice, port: TargetPort, seed: number) {
    this.m = m
    this.device = device
    this.port = port
    this.mediumError = spec.medium_error
    this.injections = new Injections(spec.name, seed)
  }

  inject(error: InjectedError): void {
    this.injections.add(error)
  }

  /** An injection is for the READ(10), READ(16)... that a disk is normally sent, by their operation codes. */
  to(rq: Request, cdbBytes: number): ScsiAnswer {
    const injected = cdbBytes === 6 ? undefined : this.injections.take(rq)
    if (injected) return this.injected(rq, injected)
    const refused = this.port.refuses()
    if (refused) return { result: refused, goodSectors: 0 }
    const bad = this.mediumError
    const reads = rq.op === Op.READ
    if (bad && reads && rq.sector < bad.first_sector + bad.sectors && rq.endSector > bad.first_sector)
      return { result: MEDIUM_ERROR_UNRECOVERED, goodSectors: Math.max(0, bad.first_sector - rq.sector) }
    return { result: SCSI_GOOD, goodSectors: rq.sizeSectors }
  }

  private injected(rq: Request, error: InjectedError): ScsiAnswer {
    const text = this.m.intern(describe(error))
    this.m.log.emit(EventKind.inject, this.device, rq.rwbs, rq.id, 0, rq.sector, rq.sizeSectors, text)
    const result = resultOf(error)
    const first = error.first_sector
    const told = first !== undefined && tellsWhere(result)
    return { result, goodSectors: told ? Math.max(0, first - rq.sector) : 0 }
  }
}

function resultOf(e: InjectedError): ScsiResult {
  const named = e.status === undefined ? undefined : SCSI_RESULTS.get(e.status)
  if (named) return named
  return {
    hostByte: e.host_byte,
    statusByte: e.status_byte,
    senseKey: e.sense_key,
    asc: e.asc,
    ascq: e.ascq,
  }
}

function describe(e: InjectedError): string {
  const hex = (n: number): string => n.toString(16).padStart(2, '0')
  if (e.status !== undefined) return `${e.command} ${e.status}`
  return `${e.command} host byte ${hex(e.host_byte)} status ${hex(e.status_byte)} sense ${hex(e.sense_key)}/${hex(e.asc)}/${hex(e.ascq)}`
}
