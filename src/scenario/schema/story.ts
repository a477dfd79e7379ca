/** The story part of a file. Moments name events by the engine's own kinds, so a misspelt kind is found here. */
import * as v from 'valibot'
import { EventKind, type EventKindName, QUEUE_MODES } from '../../engine/log/index.ts'
import { LIMITS } from '../limits.ts'
import type { Moment, Story } from '../story.ts'
import { fields, listOf, numberBetween, oneOf, text, whole } from './primitives.ts'

const optional = v.exactOptional
const eventNames = Object.keys(EventKind).filter((name) => name !== 'none') as EventKindName[]
const sentence = text(LIMITS.sentence)
const title = text(80)

const moment: v.GenericSchema<unknown, Moment> = v.lazy((input): v.GenericSchema<unknown, Moment> => {
  if (typeof input === 'object' && input !== null && Object.hasOwn(input, 'at_ns'))
    return fields({ at_ns: whole(0, LIMITS.durationNs) })
  return fields({
    event: oneOf(eventNames),
    nth: optional(whole(1, 10_000_000)),
    device: optional(text(LIMITS.name)),
    mode: optional(oneOf(QUEUE_MODES)),
  })
})

const camera = fields({ look_at: text(LIMITS.name), zoom: optional(numberBetween(0.1, 20)) })

export const story: v.GenericSchema<unknown, Story> = fields({
  title,
  summary: optional(sentence),
  notes: optional(text(LIMITS.notes)),
  camera: optional(camera),
  stops: optional(
    listOf(
      fields({ at: moment, title, note: optional(sentence), camera: optional(camera) }),
      0,
      LIMITS.stops,
    ),
  ),
  dilations: optional(
    listOf(fields({ from: moment, to: moment, factor: numberBetween(0.01, 1_000_000) }), 0, LIMITS.stops),
  ),
  questions: optional(
    listOf(
      fields({
        at: moment,
        ask: sentence,
        choices: listOf(sentence, 2, 6),
        answer: whole(0, 5),
        why: optional(sentence),
      }),
      0,
      LIMITS.stops,
    ),
  ),
  claims: optional(
    listOf(
      fields({
        text: sentence,
        standing: oneOf(['published', 'measured', 'simulated']),
        source: optional(text(LIMITS.sentence)),
      }),
      0,
      LIMITS.stops,
    ),
  ),
})
