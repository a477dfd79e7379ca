/** What every text form has in common: a beginning, a piece for each chunk of events, and an end. */
import { createBlkparseWriter } from './blkparse.ts'
import { createFtraceWriter } from './ftrace.ts'
import { createJsonlWriter } from './jsonl.ts'
import { createLedgerWriter } from './ledger.ts'
import type { Sources, TextWriter } from './sources.ts'
import { createSummaryWriter } from './summary.ts'

export const FORMATS = ['ftrace', 'blkparse', 'jsonl', 'summary', 'ledger'] as const
export type Format = (typeof FORMATS)[number]

const creators: Readonly<Record<Format, (sources: Sources) => TextWriter>> = {
  ftrace: createFtraceWriter,
  blkparse: createBlkparseWriter,
  jsonl: createJsonlWriter,
  summary: createSummaryWriter,
  ledger: createLedgerWriter,
}

/** A writer for one run; chunks must be given once each, in order. */
export function createWriter(format: Format, sources: Sources): TextWriter {
  return creators[format](sources)
}
