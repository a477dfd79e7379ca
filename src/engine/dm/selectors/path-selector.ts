/**
 * struct path_selector_type (drivers/md/dm-path-selector.h): one instance per priority group chooses among its paths.
 */
import type { PgPath } from '../mpath/pg-path.ts'

export interface PathSelector {
  readonly name: string
  /** Whether completions must carry the time their I/O began (dm_ps_use_hr_timer). */
  readonly usesStartTime: boolean
  addPath(path: PgPath, args: readonly string[]): void
  /** select_path: the path for an I/O of this size, undefined when the group has none. */
  select(sizeBytes: number, cpuNumber: number): PgPath | undefined
  /** For how many I/Os the target keeps a path it was given, in kernels whose target counts. */
  repeatOf(path: PgPath): number
  startIo(path: PgPath, sizeBytes: number): void
  endIo(path: PgPath, sizeBytes: number, startNs: number): void
  failPath(path: PgPath): void
  reinstatePath(path: PgPath): void
  /** The path that the next I/O would get as things stand; undefined where that depends on its size or CPU. */
  nextInLine(): PgPath | undefined
  /** status(INFO): number and words for the group, number of words per path, and those words. */
  groupStatus(): string
  readonly infoArgs: number
  infoOf(path: PgPath): string
  /** status(TABLE) */
  readonly tableArgs: number
  tableOf(path: PgPath): string
}
