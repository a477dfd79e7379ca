/**
 * What the inspector says of a thing at a moment: a path, a queue, a band, the map, the tasks. Sections of rows read off
 * the picture; facts/ has them by kind of thing.
 */
import type { RunHeader } from '../../engine/log/index.ts'
import type { BandKind } from '../layout/parts.ts'
import { deviceName } from '../names.ts'
import { bandFacts } from './facts/of-band.ts'
import { mapFacts } from './facts/of-map.ts'
import { pathFacts } from './facts/of-path.ts'
import { queueFacts } from './facts/of-queue.ts'
import { taskFacts } from './facts/of-tasks.ts'
import type { FactContext, FactSection } from './facts/section.ts'

export type InspectedThing =
  | { readonly kind: 'path'; readonly dev: number }
  | { readonly kind: 'queue'; readonly dev: number }
  | { readonly kind: 'band'; readonly band: BandKind; readonly dev: number }
  | { readonly kind: 'map' }
  | { readonly kind: 'tasks' }

export function thingTitle(
  header: RunHeader,
  thing: InspectedThing,
  bandName: (kind: BandKind) => string,
): string {
  switch (thing.kind) {
    case 'path':
      return `Path ${deviceName(header, thing.dev)}`
    case 'queue':
      return `Queue of ${deviceName(header, thing.dev)}`
    case 'band':
      return bandName(thing.band)
    case 'map':
      return header.dmName === '' ? 'The head of the namespace' : `Map ${header.dmName}`
    case 'tasks':
      return 'Tasks'
  }
}

export function thingFacts(context: FactContext, thing: InspectedThing): FactSection[] {
  switch (thing.kind) {
    case 'path':
      return pathFacts(context, thing.dev)
    case 'queue':
      return queueFacts(context, thing.dev)
    case 'band':
      return bandFacts(context, thing.band, thing.dev)
    case 'map':
      return mapFacts(context)
    case 'tasks':
      return taskFacts(context)
  }
}
