/** The limits that cut a bio, as sysfs calls them. */
import { SplitLimit } from '../engine/log/index.ts'

const NAMES: Readonly<Record<SplitLimit, string>> = {
  [SplitLimit.max_sectors]: 'max_sectors_kb',
  [SplitLimit.max_segments]: 'max_segments',
  [SplitLimit.chunk_sectors]: 'chunk_sectors',
  [SplitLimit.virt_boundary]: 'virt_boundary_mask',
  [SplitLimit.max_discard]: 'discard_max_bytes',
  [SplitLimit.max_write_zeroes]: 'write_zeroes_max_bytes',
  [SplitLimit.target_boundary]: 'the end of a segment',
}

/** `limit` where the log says a number that has no name. */
export function limitName(limit: number): string {
  return (NAMES as Readonly<Record<number, string>>)[limit] ?? 'limit'
}
