/** Why an event happens, for every kind of the log, with the kernel's functions: what an I/O has passed is read off here. */
import type { EventKindName } from '../../engine/log/index.ts'
import type { Answer, EventAnswer } from './answer.ts'
import { OF_APPLICATION } from './events/of-application.ts'
import { OF_BIOS } from './events/of-bios.ts'
import { OF_DEVICES } from './events/of-devices.ts'
import { OF_MULTIPATH } from './events/of-multipath.ts'
import { OF_REQUESTS } from './events/of-requests.ts'

type EventName = Exclude<EventKindName, 'none'>

export const OF_EVENTS: Readonly<Record<EventName, EventAnswer>> = {
  ...OF_APPLICATION,
  ...OF_BIOS,
  ...OF_REQUESTS,
  ...OF_MULTIPATH,
  ...OF_DEVICES,
}

/** The answer for a kind, under the name that a trace gives it. */
export function eventAnswer(name: EventName, title: string): Answer {
  return { ...OF_EVENTS[name], title, honesty: 'rule' }
}
