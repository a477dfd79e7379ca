/**
 * What a menu is made from: a lane at the moment at hand, with everything carried out that was done up to it. A command
 * takes a while; who acts again at the same moment means the machine after it.
 */
import type { LiveTable } from '../../commands/index.ts'
import { isWrite } from '../../engine/log/index.ts'
import type { Picture } from '../../record/picture.ts'
import { ObjectType } from '../../record/places.ts'
import type { RunRecord } from '../../record/run-record.ts'
import type { LaneFacts } from '../../stage/facts.ts'
import type { LaneShow } from '../../stage/lane-show.ts'
import { type Branch, branchOfLane, lineageOf } from '../../store/branches.ts'
import { settledIndex } from '../../store/deed-events.ts'
import type { Session } from '../../store/session.ts'
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
  show: LaneShow,
  thing: Thing,
  tableText: string | undefined,
  deeds: readonly Branch[],
): Ground {
  const { record, facts } = show
  const picture = settledPicture(show, deeds)
  const { kernel, cpus } = record.header
  const table = tableText === undefined ? undefined : { text: tableText, kernel, cpus }
  return { record, facts, picture, table, range: rangeOf(show.picture, facts, thing) }
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

/** The event after which everything is done that was done up to the moment of a show. */
export function settledAt({ record, timeNs, index }: LaneShow, deeds: readonly Branch[]): number {
  return settledIndex(record, deeds, { timeNs, index })
}

export function settledPicture(show: LaneShow, deeds: readonly Branch[]): Picture {
  const settled = settledAt(show, deeds)
  return settled === show.index ? show.picture : show.record.pictureAt(settled)
}

/** What was done in the branch that a lane shows. */
export function deedsOf({ branches, scenario }: Session, lane: number): readonly Branch[] {
  const tree = branches.getState()
  return lineageOf(tree, branchOfLane(tree, scenario.getState().lanes[lane]?.pin))
}
