/** The menu of a thing: the first page, from which all others are reached. */
import { assertNever } from '../../lib/assert-never.ts'
import type { ObjectId } from '../../record/places.ts'
import { shapeOfHeader } from '../../stage/layout/shape.ts'
import { capital, thingName } from '../../stage/names.ts'
import { sizeText } from '../../stage/words.ts'
import type { Thing } from './desk.ts'
import { deviceNow } from './device-now.ts'
import type { Ground } from './ground.ts'
import { groupPage, mapPage } from './map-menu.ts'
import type { Entry, MenuPage } from './menu.ts'
import { cableEntry, diskUnder, mediumEntry, pathPage } from './path-menu.ts'

export function pageOf(ground: Ground, thing: Thing): MenuPage {
  switch (thing.kind) {
    case 'path':
      return pathPage(ground, thing.dev)
    case 'map':
      return mapPage(ground)
    case 'group':
      return groupPage(ground, thing.group)
    case 'io':
      return ioPage(ground, thing.id, thing.under)
    case 'paths':
      return pathsPage(ground)
    default:
      return assertNever(thing)
  }
}

export function pathsOf({ record }: Ground): readonly number[] {
  return shapeOfHeader(record.header).paths.map(({ dev }) => dev)
}

/** Cutting is at hand for each; all else is a page away. */
function pathsPage(ground: Ground): MenuPage {
  const { header } = ground.record
  const { picture, record } = ground
  const paths = pathsOf(ground)
  const cut = paths.flatMap((dev): Entry[] => {
    const disk = diskUnder(ground, dev)
    const info = header.devices[disk]
    return info === undefined ? [] : [cableEntry(info, deviceNow(record, picture, disk))]
  })
  const more = paths.map((dev): Entry => {
    const name = header.devices[dev]?.name ?? ''
    return {
      label: `More for ${name}`,
      about: 'slow, busy, medium error, offline, fail',
      page: pathPage(ground, dev),
    }
  })
  const map = header.mode === 'bio' || header.mode === 'rq' ? [mapEntry(ground)] : []
  return { title: 'Break a path', about: 'in every lane, at this moment', sections: [cut, more, map] }
}

function mapEntry(ground: Ground): Entry {
  const { dmName } = ground.record.header
  return {
    label: `More for ${dmName}`,
    about: 'suspend, queue without a path, another table',
    page: mapPage(ground),
  }
}

function ioPage(ground: Ground, id: ObjectId, under: Thing | undefined): MenuPage {
  const { record, facts, range } = ground
  const name = thingName({ header: record.header, facts }, id)
  const end = range.sector + range.sizeSectors - 1
  const below = under === undefined ? undefined : pageOf(ground, under)
  return {
    title: capital(name),
    about: `${range.write ? 'write' : 'read'}, sectors ${range.sector} to ${end}, ${sizeText(range.sizeSectors)}`,
    sections: [
      [
        { label: 'Follow it', about: 'its family, its steps, its events', deed: 'follow' },
        { label: 'Copy what it is', about: 'name, sectors, size as text', deed: 'copy' },
      ],
      pathsOf(ground).flatMap((dev) => {
        const info = record.header.devices[diskUnder(ground, dev)]
        return info === undefined
          ? []
          : [mediumEntry(info, ground, `Medium error at its sectors on ${info.name}`)]
      }),
      below === undefined ? [] : [{ label: `More for ${below.title}`, about: below.about, page: below }],
    ],
  }
}
