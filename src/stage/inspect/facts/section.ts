/** What facts of a thing are: sections of rows, each row a figure with what can be asked about it. */
import type { Picture } from '../../../record/picture.ts'
import type { RunRecord } from '../../../record/run-record.ts'
import type { LaneShape } from '../../layout/shape.ts'
import type { Topic } from '../../why/why.ts'

export interface FactRow {
  readonly label: string
  readonly value: string
  readonly why?: Topic
  readonly tone?: 'good' | 'bad'
}

export interface FactSection {
  readonly title: string
  readonly why?: Topic
  readonly rows: readonly FactRow[]
}

/** The moment that facts are of. */
export interface FactContext {
  readonly picture: Picture
  readonly record: RunRecord
  readonly shape: LaneShape
  readonly timeNs: number
}
