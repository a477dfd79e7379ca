/** Facts of a request that is alive: its queue, its tags, its bios in the order of their sectors. */
import type { Picture } from '../../../record/picture.ts'
import { isRequest, NO_TAG } from '../../../record/places.ts'
import type { LaneFacts } from '../../facts.ts'
import { deviceName, thingName } from '../../names.ts'
import type { FactSection } from './section.ts'

/** Bios that are named; the others are counted. */
const MOST_BIOS = 16

export function requestFacts(picture: Picture, facts: LaneFacts, id: number): FactSection | undefined {
  const row = picture.find(id)
  if (row < 0 || !isRequest(picture.slots.type[row]!)) return undefined
  const { slots, header } = picture
  const bios = picture.biosOf(row)
  const names = bios.slice(0, MOST_BIOS).map((bio) => thingName({ header, facts }, slots.id[bio]!))
  const more = bios.length > MOST_BIOS ? `, and ${bios.length - MOST_BIOS} more` : ''
  const tag = (value: number): string => (value === NO_TAG ? 'none' : String(value))
  return {
    title: 'The request',
    why: 'request',
    rows: [
      { label: 'queue', value: deviceName(header, slots.dev[row]!), why: 'queue' },
      { label: 'scheduler tag', value: tag(slots.schedTag[row]!), why: 'tags' },
      { label: 'driver tag', value: tag(slots.driverTag[row]!), why: 'tags' },
      { label: 'bios in it', value: String(bios.length), why: 'score:merges' },
      {
        label: 'in order',
        value: names.length === 0 ? 'none: it carries no data of a bio' : `${names.join(', ')}${more}`,
      },
    ],
  }
}
