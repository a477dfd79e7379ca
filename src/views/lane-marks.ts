/** Milestones of all lanes as marks; what a record has told is kept with it. */
import { Milestones } from '../record/milestones.ts'
import type { RunRecord } from '../record/run-record.ts'
import { marksOf, type Mark } from '../stage/marks.ts'

const milestonesOf = new WeakMap<RunRecord, Milestones>()

export function marksOfLanes(records: readonly (RunRecord | undefined)[]): Mark[] {
  return marksOf(
    records.map((record) => {
      if (record === undefined) return []
      let found = milestonesOf.get(record)
      if (found === undefined) milestonesOf.set(record, (found = new Milestones(record)))
      return found.all()
    }),
    (lane, index) => {
      const record = records[lane]
      return record?.tables.strings[record.argAt(index)]
    },
  )
}
