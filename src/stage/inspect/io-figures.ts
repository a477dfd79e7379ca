/** The figures of one I/O side by side: what it took in each lane. Rows in which lanes differ are the ones to look at. */
import { durationText } from '../../lib/duration.ts'
import type { Family } from '../../record/family.ts'
import { ObjectType } from '../../record/places.ts'
import type { RunRecord } from '../../record/run-record.ts'
import type { Topic } from '../why/why.ts'
import { allNodes } from './outline.ts'
import { exactSize, sentFor } from './sent.ts'
import { stageSpans } from './stages.ts'
import { IoThread } from './thread.ts'
import { type FamilyNode, familyTree } from './tree.ts'

export interface IoFigure {
  readonly key: string
  readonly label: string
  readonly text: string
  readonly why?: Topic
}

/** In the same order for every I/O. */
export function ioFigures(record: RunRecord, family: Family): IoFigure[] {
  const thread = new IoThread(record, family)
  const nodes = allNodes(familyTree(record, family))
  const { end } = thread
  const { sentSectors, commands } = sentFor(record, family, record.eventCount)
  const spans = stageSpans(thread)
  const sum = (fits: (span: (typeof spans)[number]) => boolean): number =>
    spans.filter(fits).reduce((total, { ns }) => total + ns, 0)
  const latencyNs = end === undefined ? undefined : record.timeAt(end) - record.timeAt(family.events[0]!)
  const count = (type: ObjectType): string => String(new Set(of(nodes, type).map(({ id }) => id)).size)
  const figure = (key: string, label: string, text: string, why?: Topic): IoFigure =>
    why === undefined ? { key, label, text } : { key, label, text, why }
  return [
    figure(
      'latency',
      'latency',
      latencyNs === undefined ? 'not ended' : durationText(latencyNs),
      'score:p99',
    ),
    figure(
      'in_device',
      'of it in the device',
      durationText(sum(({ kind }) => kind === 'device')),
      'list:device',
    ),
    figure('waits', 'of it in waits', durationText(sum(({ kind }) => kind === 'wait')), 'inspector:stages'),
    figure('clones', 'bio clones', count(ObjectType.clone), 'score:bio_clones'),
    figure('fragments', 'fragments', count(ObjectType.fragment), 'score:splits'),
    figure('requests', 'requests it was in', count(ObjectType.request), 'request'),
    figure('rq_clones', 'request clones', count(ObjectType.request_clone), 'score:rq_clones'),
    figure('attempts', 'attempts', String(attemptsOf(nodes)), 'event:choose_path'),
    figure('commands', 'commands sent', String(commands), 'score:commands'),
    figure('sent', 'sent', exactSize(sentSectors), 'inspector:sent'),
  ]
}

/** Of one thing, at most: a clone mapped three times, a request cloned three times. */
export function attemptsOf(nodes: readonly FamilyNode[]): number {
  const ofClones = of(nodes, ObjectType.clone).map(({ attempt }) => attempt)
  const ofRequests = of(nodes, ObjectType.request).map(
    ({ children }) => children.filter(({ type }) => type === ObjectType.request_clone).length,
  )
  return Math.max(1, ...ofClones, ...ofRequests)
}

function of(nodes: readonly FamilyNode[], type: ObjectType): FamilyNode[] {
  return nodes.filter((node) => node.type === type)
}
