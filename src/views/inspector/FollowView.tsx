/** One I/O in one lane: what was sent for it, what led here, its family, where its time went, what it cost, its events. */
import { useMemo, type ReactElement, type ReactNode } from 'react'
import { familyOf } from '../../record/family.ts'
import { ledgerOfIo } from '../../record/ledger/io-ledger.ts'
import type { ObjectId } from '../../record/places.ts'
import { sentFor, sentSentence } from '../../stage/inspect/sent.ts'
import { stageSpans } from '../../stage/inspect/stages.ts'
import { IoThread } from '../../stage/inspect/thread.ts'
import { requestFacts } from '../../stage/inspect/facts/of-request.ts'
import { familyTree } from '../../stage/inspect/tree.ts'
import type { LaneShow } from '../../stage/lane-show.ts'
import { deviceName, thingName } from '../../stage/names.ts'
import { thingStory } from '../../stage/thing-story.ts'
import type { Theater } from '../theater.ts'
import { CauseBox } from './CauseBox.tsx'
import { Cost } from './Cost.tsx'
import { FamilyTree } from './FamilyTree.tsx'
import { Passed } from './Passed.tsx'
import { Facts } from './ThingView.tsx'
import { StageBars } from './StageBars.tsx'
import { useRound } from './use-round.ts'
import { WhyButton } from './WhyButton.tsx'

export interface FollowViewProps {
  readonly lane: number
  readonly show: LaneShow
  readonly theater: Theater
  readonly id: ObjectId
  readonly onGo: (lane: number, index: number) => void
  readonly onFollow: (lane: number, id: ObjectId) => void
  /** Comes before what is long. */
  readonly children?: ReactNode
}

/** I/Os of longer lives are not added up: the ledger reads every event of theirs. */
const LEDGER_EVENTS = 20_000

export function FollowView(props: FollowViewProps): ReactElement {
  const { lane, show, theater, id, onGo, onFollow, children } = props
  useRound(theater)
  const { record, facts, index, picture, timeNs } = show
  const { eventCount, header } = record
  const io = useMemo(() => {
    // A record only grows: its length is its version.
    const family = eventCount < 0 ? undefined : familyOf(record, id)
    if (family === undefined) return undefined
    const thread = new IoThread(record, family)
    const short = family.events.length < LEDGER_EVENTS
    return {
      family,
      thread,
      root: familyTree(record, family),
      spans: stageSpans(thread),
      ledger: short ? ledgerOfIo(record, id) : undefined,
    }
  }, [record, id, eventCount])
  const nameOf = (dev: number): string => deviceName(header, dev)
  if (io === undefined) return <p>The log does not say which I/O this belongs to.</p>
  const { family, thread, root, spans, ledger } = io
  const sent = sentFor(record, family, index)
  const own = family.events.findLast((event) => event <= index) ?? -1
  const request = requestFacts(picture, facts, id)
  const story = thingStory({ picture, facts, record, timeNs }, id)
  return (
    <>
      {story === undefined ? null : (
        <p className="thing-now">
          {story.what}, {story.where}
          {story.waitsFor === '' ? '' : `; ${story.waitsFor}`}.
        </p>
      )}
      <p className="sent" data-more={sent.sentSectors > sent.askedSectors}>
        {sentSentence(sent)} <WhyButton topic="inspector:sent" of="what was sent" />
      </p>
      {request === undefined ? null : <Facts section={request} />}
      <section>
        <h3>Family</h3>
        <FamilyTree
          root={root}
          nameOf={nameOf}
          thingName={(one) => thingName({ header, facts }, one)}
          followed={id}
          index={index}
          subject={own < 0 ? 0 : record.subjectAt(own)}
          onPick={(node) => {
            onFollow(lane, node.id)
            onGo(lane, node.since)
          }}
        />
      </section>
      <StageBars spans={spans} nameOf={nameOf} index={index} onGo={(event) => onGo(lane, event)} />
      <CauseBox show={show} thread={thread} index={index} onGo={(event) => onGo(lane, event)} />
      {children}
      <Cost ledger={ledger} root={root} />
      <Passed record={record} family={family} index={index} onGo={(event) => onGo(lane, event)} />
    </>
  )
}
