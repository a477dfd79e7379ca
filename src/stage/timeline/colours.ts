/** What a colour of the timeline stands for. */
import { colourStep, type AddressRange } from '../address-colour.ts'
import { PATH_INKS, type Colour } from '../painter.ts'
import { SpanStage } from '../span-stage.ts'

export type ColourKind = 'address' | 'stage' | 'path'

const STAGE_COLOUR: Readonly<Record<SpanStage, Colour>> = {
  [SpanStage.dm]: 'split',
  [SpanStage.choose]: 'choose',
  [SpanStage.merge]: 'merge',
  [SpanStage.device]: 'good',
  [SpanStage.retry]: 'bad',
  [SpanStage.end]: 'muted',
}

/** Where colour is the path, all that happens elsewhere steps back. */
const BESIDE_PATHS: Readonly<Record<SpanStage, Colour>> = {
  ...STAGE_COLOUR,
  [SpanStage.dm]: 'faint',
  [SpanStage.choose]: 'hold',
  [SpanStage.merge]: 'faint',
}

/** Colour of a path by its place in the table. */
export function pathInk(place: number): Colour {
  return place < 0 ? 'muted' : PATH_INKS[place % PATH_INKS.length]!
}

export interface Coloured {
  readonly stage: SpanStage
  readonly sector: number
  /** Place of its device among the paths, -1 for others. */
  readonly path: number
}

export function spanColour(kind: ColourKind, { stage, sector, path }: Coloured, range: AddressRange): Colour {
  if (stage !== SpanStage.device) return (kind === 'path' ? BESIDE_PATHS : STAGE_COLOUR)[stage]
  if (kind === 'stage') return STAGE_COLOUR[stage]
  return kind === 'path' ? pathInk(path) : colourStep(sector, range)
}
