/** What an element of the page is, for whoever asks about it: a thing to inspect, or a topic for "why?". */
import type { InspectedThing } from '../../stage/inspect/thing-facts.ts'
import type { BandKind } from '../../stage/layout/parts.ts'
import type { LaneShow } from '../../stage/lane-show.ts'
import { selectorOf } from '../../stage/selector-words.ts'
import type { Topic } from '../../stage/why/why.ts'
import type { Theater } from '../theater.ts'

export interface AskedAt {
  readonly lane: number
  readonly topic: Topic
  /** The element that the question is about. */
  readonly element: HTMLElement
}

/** The innermost element around a target that can be asked about. */
export function topicAt(theater: Theater, target: EventTarget | null): AskedAt | undefined {
  if (!(target instanceof Element)) return undefined
  const lane = laneOf(target)
  const show = theater.show(lane)
  for (let at: Element | null = target; at !== null; at = at.parentElement) {
    const topic = at instanceof HTMLElement ? topicOf(at, show) : undefined
    if (topic !== undefined) return { lane, topic, element: at as HTMLElement }
  }
  return undefined
}

export function laneOf(target: Element): number {
  return Number(target.closest<HTMLElement>('[data-lane]')?.dataset['lane'] ?? 0)
}

function topicOf(element: HTMLElement, show: LaneShow | undefined): Topic | undefined {
  const { dataset } = element
  if (dataset['why'] !== undefined) return dataset['why']
  if (dataset['list'] !== undefined && element.closest('.zoom') !== null) return `list:${dataset['list']}`
  if (dataset['chart'] !== undefined) return `chart:${dataset['chart']}`
  if (show === undefined || element.closest('.lane') === null) return undefined
  return stageTopic(element, show)
}

function stageTopic(element: HTMLElement, show: LaneShow): Topic | undefined {
  const { classList, dataset } = element
  const { mode } = show.record.header
  if (classList.contains('pocket')) return pocketTopic(dataset['live'] ?? '', mode)
  if (classList.contains('band') || classList.contains('band-label')) return `band:${dataset['kind'] ?? ''}`
  if (classList.contains('node')) return selectorTopic(show, Number(dataset['live']?.split(':')[1]))
  if (classList.contains('group-label')) return 'group'
  if (classList.contains('lane-title')) return `mode:${mode}`
  if (classList.contains('kept')) return 'kept'
  if (classList.contains('path-box')) return 'path'
  if (classList.contains('dm-box')) return mode === 'native' ? `mode:${mode}` : 'map'
  const live = dataset['live'] ?? element.querySelector<HTMLElement>('[data-live]')?.dataset['live'] ?? ''
  if (classList.contains('small-label') || classList.contains('small-count'))
    return live.startsWith('device') || live.startsWith('full') ? 'list:device' : 'tags'
  if (classList.contains('row-label')) return element.textContent.startsWith('LUN') ? 'colour' : 'task'
  return undefined
}

function pocketTopic(live: string, mode: string): Topic | undefined {
  const owner = live.split(':')[1]
  if (owner === undefined) return undefined
  if (owner !== 'dm') return 'list:dispatch'
  return mode === 'rq' ? 'list:requeue' : 'list:queued_bios'
}

function selectorTopic({ picture }: LaneShow, dev: number): Topic {
  return `selector:${selectorOf(picture, picture.devices.group[dev] ?? 1)}`
}

/** The thing that a click on the stage means where it met no I/O. */
export function thingAt(target: EventTarget | null, show: LaneShow): InspectedThing | undefined {
  if (!(target instanceof Element)) return undefined
  const { layout, record } = show
  if (target.closest('.row-label') !== null)
    return target.closest('.row-label')!.textContent.startsWith('LUN') ? undefined : { kind: 'tasks' }
  const box = target.closest<HTMLElement>('.path-box')
  if (box !== null) return ofPath(target, Number(box.dataset['queue']), show)
  const node = target.closest<HTMLElement>('.node')
  if (node !== null) return { kind: 'path', dev: Number(node.dataset['live']?.split(':')[1]) }
  const map = target.closest('.dm-box')
  if (map === null || layout.map === undefined) return undefined
  const kind = target.closest<HTMLElement>('.band, .band-label')?.dataset['kind'] as BandKind | undefined
  if (target.closest('.pocket') !== null && record.header.mode === 'rq')
    return { kind: 'queue', dev: layout.map }
  return kind === undefined ? { kind: 'map' } : { kind: 'band', band: kind, dev: layout.map }
}

function ofPath(target: Element, disk: number, show: LaneShow): InspectedThing | undefined {
  const path = show.layout.paths.find((one) => one.disk === disk)
  if (path === undefined) return undefined
  const inQueue = target.closest('.pocket, .band, .band-label, .small-label, .small-count') !== null
  return inQueue ? { kind: 'queue', dev: disk } : { kind: 'path', dev: path.dev }
}
