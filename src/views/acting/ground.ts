/** What a menu is made from: a lane at the moment at hand. */
import type { LiveTable } from '../../commands/index.ts'
import { isWrite } from '../../engine/log/index.ts'
import type { Picture } from '../../record/picture.ts'
import { ObjectType } from '../../record/places.ts'
import type { RunRecord } from '../../record/run-record.ts'
import type { LaneFacts } from '../../stage/facts.ts'
import type { LaneShow } from '../../stage/lane-show.ts'
import type { Thing } from './desk.ts'

/** Sectors that an error is offered for. */
export interface SectorRange {
  readonly sector: number
  readonly sizeSectors: number
  readonly write: boolean
}

export interface Ground {
  readonly record: RunRecord
  readonly facts: LaneFacts
  /** Of that moment; the columns are good until the next of a show. */
  readonly picture: Picture
  /** What `dmsetup table` answers at the moment; undefined until it has. */
  readonly table: LiveTable | undefined
  readonly range: SectorRange
}

const FEW_SECTORS = 8

export function groundOf(
  { record, facts, picture }: LaneShow,
  thing: Thing,
  tableText: string | undefined,
): Ground {
  const { kernel, cpus } = record.header
  const table = tableText === undefined ? undefined : { text: tableText, kernel, cpus }
  return { record, facts, picture, table, range: rangeOf(picture, facts, thing) }
}

/** Those of the I/O itself, else of the oldest in flight, else the first that the lane has used. */
export function rangeOf(picture: Picture, facts: LaneFacts, thing: Thing): SectorRange {
  const { slots } = picture
  let slot = thing.kind === 'io' ? picture.slotOf(thing.id) : -1
  for (let row = 0; slot < 0 && row < slots.count; row++)
    if (slots.type[row] === ObjectType.original && slots.status[row] === 0) slot = row
  if (slot < 0) return { sector: facts.range.firstSector, sizeSectors: FEW_SECTORS, write: true }
  return {
    sector: slots.sector[slot]!,
    sizeSectors: slots.sizeSectors[slot]!,
    write: isWrite(slots.rwbs[slot]!),
  }
}
