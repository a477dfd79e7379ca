/**
 * One plain sentence for every event: true, specific, short, made from the record alone. Caption under each lane, text of
 * the live region, line of the inspector.
 */
import { type EventKind, kindName } from '../../engine/log/index.ts'
import type { EventRow } from '../../record/event-row.ts'
import { capital } from '../names.ts'
import { OF_APPLICATION } from './of-application.ts'
import { OF_BIOS } from './of-bios.ts'
import { OF_DEVICES } from './of-devices.ts'
import { OF_MULTIPATH } from './of-multipath.ts'
import { OF_REQUESTS } from './of-requests.ts'
import { type SentenceContext, type Tell, Teller } from './teller.ts'

export type { SentenceContext } from './teller.ts'

const TELL: Readonly<Record<EventKind, Tell>> = {
  ...OF_APPLICATION,
  ...OF_BIOS,
  ...OF_REQUESTS,
  ...OF_MULTIPATH,
  ...OF_DEVICES,
}

/** The sentence of an event; what stands before the first event has one, too. */
export function sentenceAt(context: SentenceContext, index: number): string {
  if (index < 0) return 'Nothing has happened yet.'
  return sentence(context, context.record.eventAt(index))
}

/** @returns a full sentence, capital to full stop. */
export function sentence(context: SentenceContext, event: EventRow): string {
  const teller = new Teller(context, event)
  const tell = TELL[event.kind as EventKind] as Tell | undefined
  const text = tell === undefined ? kindName(event.kind) : tell(teller)
  const stop = text.endsWith('?') ? '' : '.'
  // Names of devices and tasks are written as they are, also at the start.
  return `${text.startsWith(teller.dev) || text.startsWith(teller.task) ? text : capital(text)}${stop}`
}
