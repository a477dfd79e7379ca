/** One JSON object a line: the header, every event of every kind with names for its numbers, the result. */
import { kindName, SECTOR_UNDEFINED } from '../engine/log/index.ts'
import { meaningOf } from './meaning.ts'
import { textsOf, type Row, type Sources, type TextWriter } from './sources.ts'

export function createJsonlWriter(sources: Sources): TextWriter {
  return {
    head: () => `${JSON.stringify({ header: sources.header })}\n`,
    chunk: (chunk) => textsOf(sources, chunk, (row) => `${JSON.stringify(eventOf(sources, row))}\n`),
    tail: (result) => `${JSON.stringify({ result })}\n`,
  }
}

function eventOf(sources: Sources, row: Row): Record<string, unknown> {
  return {
    time_ns: row.timeNs,
    kind: kindName(row.kind),
    ...(row.device === undefined ? {} : { device: row.device.name }),
    task: row.task.comm,
    pid: row.task.pid,
    cpu: row.task.cpu,
    rwbs: row.rwbs,
    subject: row.subject,
    object: row.object,
    sector: row.sector === SECTOR_UNDEFINED ? null : row.sector,
    size_sectors: row.sizeSectors,
    arg: row.arg,
    ...meaningOf(sources, row),
  }
}
