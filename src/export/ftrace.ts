/**
 * ftrace text, as `cat /sys/kernel/tracing/trace` prints it. Fields: include/trace/events/block.h of 3.6 to 6.19
 * (kernel-model 7.1); which events and words a kernel has is in its profile. 2.6.28, which had only blktrace, is written
 * as 3.6 would.
 *
 * Simplified: the flags column is always dots; the line that counts the entries is left out, because the text is written
 * while the run goes on; a clone that the path refuses for its size has a block_io_start (the kernel refuses it before).
 */
import type { KernelProfile } from '../engine/index.ts'
import { errnoOf, EventKind, rwbsTexts, tracepointOf, type DeviceInfo } from '../engine/log/index.ts'
import { dmSplit, profileOf, tracesKind } from './era.ts'
import { neverHasBio, RequestBook, type BookedRequest } from './request-book.ts'
import {
  nameOf,
  originOf,
  rawSector,
  stateLines,
  textsOf,
  traceSector,
  type Row,
  type Sources,
  type TextWriter,
} from './sources.ts'

export function createFtraceWriter(sources: Sources): TextWriter {
  const profile = profileOf(sources.header.kernel)
  const rwbsText = rwbsTexts(profile.writeZeroesLetters)
  const book = new RequestBook()
  const priority = (row: Row): string => {
    if (!profile.ioprioInEvents) return ''
    // An error is reported before the bios of the request are ended, right after the completion it belongs to.
    const bioless = row.kind === EventKind.rq_error ? neverHasBio(row) : book.isBioless(row)
    return bioless ? 'none,0,0 ' : 'be,0,4 '
  }
  const lines = (row: Row): string => {
    book.note(row)
    let text = ''
    const tracepoint = tracesKind(profile, row.kind) ? tracepointOf(row.kind) : undefined
    if (tracepoint !== undefined)
      text += `${prefix(row)}${tracepoint.event}: ${fieldsOf(sources, profile, row, priority(row))}\n`
    if (profile.ioStartEvents) text += accountLine(book, row)
    book.noteCompletion(row)
    return text
  }
  return {
    head: () => head(sources.header.cpus),
    chunk: (chunk) => textsOf(sources, chunk, lines, rwbsText),
    tail: stateLines,
  }
}

function head(cpus: number): string {
  return `# tracer: nop
#
#                                                              #P:${cpus}
#
#                                _-----=> irqs-off/BH-disabled
#                               / _----=> need-resched
#                              | / _---=> hardirq/softirq
#                              || / _--=> preempt-depth
#                              ||| / _-=> migrate-disable
#                              |||| /     delay
#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION
#              | |         |   |||||     |         |
`
}

function prefix({ task, timeNs }: Row): string {
  const micros = Math.floor(timeNs / 1000)
  const seconds = String(Math.floor(micros / 1_000_000)).padStart(5)
  const fraction = String(micros % 1_000_000).padStart(6, '0')
  const cpu = String(task.cpu).padStart(3, '0')
  const pid = String(task.pid).padEnd(7)
  const comm = task.comm.startsWith('swapper/') ? '<idle>' : task.comm
  return `${comm.padStart(16)}-${pid} [${cpu}] ..... ${seconds}.${fraction}: `
}

function fieldsOf(sources: Sources, profile: KernelProfile, row: Row, priority: string): string {
  const { sizeSectors, arg, task } = row
  const who = `[${nameOf(task)}]`
  const what = `${devOf(row)} ${row.rwbs}`
  switch (row.kind) {
    case EventKind.plug:
      return who
    case EventKind.unplug:
      return `${who} ${sizeSectors}`
    case EventKind.split:
      // The tracepoint's argument is 32 bits wide, so the position wraps beyond 2 TiB.
      return `${what} ${rawSector(row.sector)} / ${(row.sector + sizeSectors) % 2 ** 32} ${who}`
    case EventKind.dm_split: {
      const { first, rest } = dmSplit(profile, row)
      return `${what} ${first} / ${rest} ${who}`
    }
    case EventKind.bio_remap: {
      const { dev, sector } = originOf(sources, row)
      return `${what} ${traceSector(row.sector)} + ${sizeSectors} <- (${dev}) ${sector}`
    }
    case EventKind.rq_remap: {
      const { dev, sector, bios } = originOf(sources, row)
      const count = profile.biosInRemap ? ` ${bios}` : ''
      return `${what} ${rawSector(row.sector)} + ${sizeSectors} <- (${dev}) ${sector}${count}`
    }
    case EventKind.rq_insert:
    case EventKind.rq_issue:
    case EventKind.rq_merge:
      return `${what} ${profile.bytesInEvents ? sizeSectors * 512 : 0} () ${traceSector(row.sector)} + ${sizeSectors} ${priority}${who}`
    case EventKind.rq_requeue:
      return `${what} () ${traceSector(row.sector)} + ${sizeSectors} ${priority}[0]`
    case EventKind.rq_complete:
    case EventKind.rq_error:
      return `${what} () ${rawSector(row.sector)} + ${sizeSectors} ${priority}[${profile.errnoInEvents ? errnoOf(arg) : 0}]`
    case EventKind.nvme_bio_complete:
    case EventKind.bio_complete:
      return `${what} ${traceSector(row.sector)} + ${sizeSectors} [${errnoOf(arg)}]`
    default:
      return `${what} ${traceSector(row.sector)} + ${sizeSectors} ${who}`
  }
}

function devOf({ device }: { readonly device: DeviceInfo | undefined }): string {
  return device === undefined ? '0,0' : `${device.major},${device.minor}`
}

/** block_io_start follows G, and the remap of a clone; block_io_done comes when the request is given back. */
function accountLine(book: RequestBook, row: Row): string {
  if (row.kind === EventKind.getrq || row.kind === EventKind.rq_remap)
    return startOrDone(row, 'block_io_start', { ...row, bioless: book.isBioless(row) })
  if (row.kind !== EventKind.rq_free) return ''
  const request = book.take(row.subject)
  if (request === undefined) return ''
  return startOrDone(row, 'block_io_done', {
    ...request,
    sizeSectors: request.bioless ? 0 : request.sizeSectors,
  })
}

function startOrDone(row: Row, event: string, request: BookedRequest): string {
  const { rwbs, sector, sizeSectors, bioless } = request
  const extent = `${sizeSectors * 512} () ${traceSector(sector)} + ${sizeSectors}`
  const priority = bioless ? 'none,0,0' : 'be,0,4'
  return `${prefix(row)}${event}: ${devOf(request)} ${rwbs} ${extent} ${priority} [${nameOf(row.task)}]\n`
}
