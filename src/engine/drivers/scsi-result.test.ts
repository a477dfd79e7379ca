/** The table of kernel-model 6.6, row by row. */
import { describe, expect, it } from 'vitest'
import { BlkStatus } from '../log/index.ts'
import { INJECTABLE } from './injectable.ts'
import { NVME_STATUS } from './nvme-status.ts'
import { dispositionOf, type Given, SCSI_RESULTS } from './scsi-result.ts'

const verdict = (name: string, failfast = true): string => {
  const disposition = dispositionOf(SCSI_RESULTS.get(name)!, failfast)
  switch (disposition.kind) {
    case 'retry':
      return `retry, then ${inWords(disposition.then)}`
    case 'delayed':
      return `delayed ${String(disposition.delayNs / 1e6)} ms`
    case 'done':
    case 'requeue':
      return disposition.kind
    case 'busy':
    case 'fail':
      return inWords(disposition)
  }
}

function inWords(given: Given): string {
  if (given.kind === 'busy') return 'busy'
  return `fail ${Object.entries(BlkStatus).find(([, value]) => value === given.status)![0]}`
}

describe('what the SCSI midlayer makes of an answer', () => {
  it.each([
    ['BUSY', 'busy'],
    ['TASK_SET_FULL', 'busy'],
    ['REQUEUE', 'busy'],
    ['NO_CONNECT', 'fail IOERR'],
    ['TRANSPORT_DISRUPTED', 'retry, then fail IOERR'],
    ['TRANSPORT_FAILFAST', 'fail TRANSPORT'],
    ['TRANSPORT_MARGINAL', 'fail TRANSPORT'],
    ['BUS_BUSY', 'fail IOERR'],
    ['HOST_ERROR', 'retry, then fail IOERR'],
    ['SOFT_ERROR', 'retry, then fail IOERR'],
    ['TIME_OUT', 'retry, then fail IOERR'],
    ['RESERVATION_CONFLICT', 'fail RESV_CONFLICT'],
    ['MEDIUM_ERROR', 'fail MEDIUM'],
    ['ILLEGAL_REQUEST', 'fail TARGET'],
    ['HARDWARE_ERROR', 'fail TARGET'],
    ['DATA_PROTECT', 'fail TARGET'],
    ['NO_SPACE', 'fail NOSPC'],
    ['PROTECTION_INFORMATION', 'fail PROTECTION'],
    ['UNIT_ATTENTION', 'requeue'],
    ['BECOMING_READY', 'retry, then busy'],
    ['ALUA_TRANSITION', 'delayed 1000 ms'],
    ['NOT_READY', 'fail IOERR'],
    ['ALUA_STANDBY', 'fail IOERR'],
    ['ABORTED_COMMAND', 'retry, then fail IOERR'],
  ])('%s: %s', (name, expected) => {
    expect(verdict(name)).toBe(expected)
  })

  it('names every answer that can be injected, and none twice', () => {
    expect(INJECTABLE.scsi_debug.length).toBe(24)
  })

  it('heeds FAILFAST_TRANSPORT for a busy bus alone', () => {
    const heeding = INJECTABLE.scsi_debug.filter((name) => verdict(name, true) !== verdict(name, false))
    expect(heeding).toEqual(['BUS_BUSY'])
    expect(verdict('BUS_BUSY', false)).toBe('retry, then fail IOERR')
  })
})

describe('what the NVMe driver makes of a status', () => {
  it.each([
    [['HOST_PATH_ERROR'], BlkStatus.TRANSPORT],
    [['LBA_RANGE', 'NS_NOT_READY', 'CMD_INTERRUPTED'], BlkStatus.TARGET],
    [['READ_ERROR', 'WRITE_FAULT', 'UNWRITTEN_BLOCK'], BlkStatus.MEDIUM],
    [['RESERVATION_CONFLICT'], BlkStatus.RESV_CONFLICT],
    [['CAP_EXCEEDED'], BlkStatus.NOSPC],
    [['INVALID_OPCODE', 'INVALID_FIELD'], BlkStatus.NOTSUPP],
    [['GUARD_CHECK', 'REFTAG_CHECK'], BlkStatus.PROTECTION],
    [['INTERNAL', 'ABORT_REQ', 'HOST_ABORTED_CMD'], BlkStatus.IOERR],
  ])('%s', (names, status) => {
    for (const name of names) expect(NVME_STATUS.get(name)).toBe(status)
  })
})
