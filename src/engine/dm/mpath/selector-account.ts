/**
 * What a path's selector is told of the I/O on it: start_io when an I/O really goes there (dm-mpath.c:__multipath_map_bio,
 * multipath_clone_and_map), end_io when it has come back, well or not (multipath_end_io, multipath_end_io_bio).
 */
import { EventKind } from '../../log/index.ts'
import { HistoricalServiceTime } from '../selectors/historical-service-time.ts'
import type { Multipath } from './multipath.ts'
import type { PgPath } from './pg-path.ts'

/** The largest figure that a column of the log takes. */
const MOST_NS = 0xffff_ffff

export function startIo({ m }: Multipath, path: PgPath, subject: number, sizeBytes: number): void {
  path.group.selector.startIo(path, sizeBytes)
  m.log.emit(EventKind.start_io, path.device.index, 0, subject, 0, 0, sizeBytes / 512, 0)
}

/** `startNs`: when the I/O began, for selectors that measure. */
export function endIo(
  { m }: Multipath,
  path: PgPath,
  subject: number,
  sizeBytes: number,
  startNs: number,
): void {
  const { selector } = path.group
  const dev = path.device.index
  selector.endIo(path, sizeBytes, startNs)
  const tookNs = selector.usesStartTime ? Math.min(m.clock.nowNs - startNs, MOST_NS) : 0
  m.log.emit(EventKind.end_io, dev, 0, subject, 0, 0, sizeBytes / 512, tookNs)
  if (selector instanceof HistoricalServiceTime) {
    const averageNs = Math.min(selector.averageNs(path), MOST_NS)
    m.log.emit(EventKind.path_hst, dev, 0, 0, 0, 0, 0, averageNs)
  }
}
