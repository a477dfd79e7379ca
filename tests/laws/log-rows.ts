/** The event log as rows, one after another. The same object is reused for every row: copy what must last. */
import { sectorAt, type EventChunk } from '../../src/engine/log/index.ts'

export interface Row {
  index: number
  timeNs: number
  kind: number
  dev: number
  rwbs: number
  task: number
  subject: number
  object: number
  sector: number
  size: number
  arg: number
}

export function* rowsOf(chunks: readonly EventChunk[]): Generator<Row> {
  const row: Row = {
    ...{ index: -1, timeNs: 0, kind: 0, dev: 0, rwbs: 0, task: 0 },
    ...{ subject: 0, object: 0, sector: 0, size: 0, arg: 0 },
  }
  for (const chunk of chunks) {
    for (let at = 0; at < chunk.count; at++) {
      row.index++
      row.timeNs = chunk.timeNs[at]!
      row.kind = chunk.kind[at]!
      row.dev = chunk.dev[at]!
      row.rwbs = chunk.rwbs[at]!
      row.task = chunk.task[at]!
      row.subject = chunk.subject[at]!
      row.object = chunk.object[at]!
      row.sector = sectorAt(chunk, at)
      row.size = chunk.size[at]!
      row.arg = chunk.arg[at]!
      yield row
    }
  }
}
