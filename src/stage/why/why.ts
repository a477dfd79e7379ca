/**
 * Answers by topic. A topic is `area:name` (`score:commands`, `band:choose`, `event:rq_issue`) or the name of a thing
 * (`tags`, `path`). Anybody may ask for any text; unknown ones have no answer.
 */
import { EventKind, kindName, type QueueMode } from '../../engine/log/index.ts'
import { blktraceLetter, kernelName } from '../kernel-names.ts'
import { TIMERS } from '../sentences/codes.ts'
import { type Answer, type KernelFunction, KERNEL_NAMES, wasReadIn } from './answer.ts'
import { OF_BANDS } from './of-bands.ts'
import { OF_ERAS, OF_MODES, timerAnswer } from './of-eras.ts'
import { eventAnswer, OF_EVENTS } from './of-events.ts'
import { OF_CHARTS, OF_INSPECTOR, OF_SCORES } from './of-figures.ts'
import { OF_LIMITS } from './of-limits.ts'
import { OF_LISTS } from './of-lists.ts'
import { OF_SELECTORS } from './of-selectors.ts'
import { OF_THINGS } from './of-things.ts'

export type Topic = string

const TABLES: Readonly<Record<string, Readonly<Record<string, Answer | readonly Answer[]>>>> = {
  band: OF_BANDS,
  list: OF_LISTS,
  selector: OF_SELECTORS,
  limit: OF_LIMITS,
  score: OF_SCORES,
  chart: OF_CHARTS,
  inspector: OF_INSPECTOR,
  era: OF_ERAS,
  mode: OF_MODES,
}

export function answersOf(topic: Topic): readonly Answer[] {
  const colon = topic.indexOf(':')
  const area = colon < 0 ? '' : topic.slice(0, colon)
  const name = topic.slice(colon + 1)
  if (area === '') return listed(OF_THINGS, name)
  if (area === 'event') return eventAnswers(name)
  if (area === 'timer') return some(timerAnswer(Number(name), TIMERS[Number(name)] ?? 'a timer'))
  return listed(TABLES[area] ?? {}, name)
}

/** The answer for a lane: of several that of its mode, else one for all modes. */
export function whyOf(topic: Topic, mode: QueueMode): Answer | undefined {
  const answers = answersOf(topic)
  return (
    answers.find(({ modes }) => modes?.includes(mode) === true) ??
    answers.find(({ modes }) => modes === undefined) ??
    answers[0]
  )
}

export function eventTopic(kind: number): Topic {
  return `event:${kindName(kind)}`
}

/** Functions that an event stands for, those read in the kernel of the lane first. */
export function functionsOf(kind: number, kernel: string): readonly KernelFunction[] {
  const name = kindName(kind)
  if (name === 'none') return []
  return [...OF_EVENTS[name].where].sort(
    (a, b) => Number(wasReadIn(b, kernel)) - Number(wasReadIn(a, kernel)),
  )
}

/** Everything that can be asked, area by area. */
export function allTopics(): Topic[] {
  const events = Object.keys(EventKind).filter((name) => name !== 'none')
  return [
    ...Object.keys(OF_THINGS),
    ...Object.entries(TABLES).flatMap(([area, table]) => Object.keys(table).map((name) => `${area}:${name}`)),
    ...events.map((name) => `event:${name}`),
  ]
}

/** `6.1`, `4.8 to 6.19`, `to 6.19` as far as the kernels go that were read. */
export function rangeText({ from, to }: KernelFunction): string {
  if (from === to) return from
  const all = from === KERNEL_NAMES[0] && to === KERNEL_NAMES.at(-1)
  return all ? 'all versions read' : `${from} to ${to}`
}

function eventAnswers(name: string): readonly Answer[] {
  if (!Object.hasOwn(EventKind, name) || name === 'none') return []
  const kind = EventKind[name as keyof typeof EventKind]
  const letter = blktraceLetter(kind)
  const title = letter === '' ? kernelName(kind) : `${letter} · ${kernelName(kind)}`
  return [eventAnswer(name as keyof typeof OF_EVENTS, title)]
}

function listed(
  table: Readonly<Record<string, Answer | readonly Answer[]>>,
  name: string,
): readonly Answer[] {
  const found = Object.hasOwn(table, name) ? table[name] : undefined
  if (found === undefined) return []
  return 'title' in found ? [found] : found
}

function some(answer: Answer | undefined): readonly Answer[] {
  return answer === undefined ? [] : [answer]
}
