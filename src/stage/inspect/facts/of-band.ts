/** Facts of a band of the stage: what is split there, who asks for a path, or the queue that merges. */
import { Counter } from '../../../record/counters.ts'
import { Place } from '../../../record/places.ts'
import type { BandKind } from '../../layout/parts.ts'
import { deviceName } from '../../names.ts'
import { isNext, nodeWords, selectorOf } from '../../selector-words.ts'
import { countText } from '../../words.ts'
import { groupSection } from './of-groups.ts'
import { queueFacts } from './of-queue.ts'
import type { FactContext, FactRow, FactSection } from './section.ts'

export function bandFacts(context: FactContext, band: BandKind, dev: number): FactSection[] {
  switch (band) {
    case 'split':
      return [{ title: 'Now', why: 'band:split', rows: splitRows(context, dev) }]
    case 'choose':
      return [{ title: 'Now', why: 'band:choose', rows: chooseRows(context, dev) }, ...groupSection(context)]
    case 'merge':
    case 'bypass':
      return queueFacts(context, dev)
  }
}

function splitRows({ picture }: FactContext, dev: number): FactRow[] {
  return [
    {
      label: 'originals that wait',
      value: countText(picture.countIn(dev, Place.waiting)),
      why: 'list:waiting',
    },
    {
      label: 'bio clones so far',
      value: countText(picture.total(Counter.bio_clones)),
      why: 'score:bio_clones',
    },
    {
      label: 'splits so far, all queues',
      value: countText(picture.total(Counter.splits)),
      why: 'score:splits',
    },
  ]
}

function chooseRows(context: FactContext, dev: number): FactRow[] {
  const { picture, shape } = context
  return [
    { label: 'asking', value: countText(picture.countIn(dev, Place.choose)), why: 'event:choose_path' },
    ...shape.paths.map((path): FactRow => {
      const chosen = countText(picture.counter(Counter.chosen, path.dev))
      return {
        label: deviceName(picture.header, path.dev),
        value: `${chosen} × · ${choiceWords(context, path.dev)}`,
        why: `selector:${selectorOf(picture, path.group)}`,
      }
    }),
  ]
}

function choiceWords({ picture, record }: FactContext, dev: number): string {
  if (picture.devices.pathActive[dev] === 0) return 'failed'
  const words = nodeWords(picture, dev, record.result)
  if (words !== '') return words
  return isNext(picture, dev) ? 'next' : 'active'
}
