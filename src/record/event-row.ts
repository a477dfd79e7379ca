/** One event of the log with all its columns; kinds.ts of the engine's log says what each means. */
export interface EventRow {
  /** Global index in the lane's record. */
  index: number
  timeNs: number
  kind: number
  dev: number
  rwbs: number
  task: number
  subject: number
  object: number
  sector: number
  sizeSectors: number
  arg: number
}
