/** What led to the present event of the I/O that is followed, and what came of it: `[` and `]` go there. */
import type { ReactElement } from 'react'
import { EventKind } from '../../engine/log/index.ts'
import type { RunRecord } from '../../record/run-record.ts'
import { CAUSE_WORDS, causeOf, effectOf } from '../../stage/inspect/causes.ts'
import type { IoThread } from '../../stage/inspect/thread.ts'
import type { LaneShow } from '../../stage/lane-show.ts'
import { laneTeller } from '../log/lane-teller.ts'

export interface CauseBoxProps {
  readonly show: LaneShow
  readonly thread: IoThread
  readonly index: number
  readonly onGo: (index: number) => void
}

export function CauseBox({ show, thread, index, onGo }: CauseBoxProps): ReactElement {
  const { record } = show
  const tell = laneTeller(show)
  const cause = index < 0 ? undefined : causeOf(record, index, thread)
  const effect = effectOf(record, index, thread)
  return (
    <section className="causes">
      <h3>Cause and effect</h3>
      <Neighbour
        cap="["
        label={cause === undefined ? 'cause' : `because ${CAUSE_WORDS[cause.kind]}`}
        text={cause === undefined ? beginning(record, index) : tell(cause.index)}
        onGo={cause === undefined ? undefined : () => onGo(cause.index)}
      />
      <p className="cause-now" data-own={thread.has(index)}>
        <small>{thread.has(index) ? 'now' : 'now, not of this I/O'}</small>
        {index < 0 ? 'Nothing has happened yet.' : tell(index)}
      </p>
      <Neighbour
        cap="]"
        label="so that"
        text={effect === undefined ? 'nothing more comes of it' : tell(effect)}
        onGo={effect === undefined ? undefined : () => onGo(effect)}
      />
    </section>
  )
}

/** What stands in the place of a cause where the run has none. */
function beginning(record: RunRecord, index: number): string {
  if (index < 0) return 'the run begins'
  return record.kindAt(index) === EventKind.io_submit
    ? 'nothing was waited for: the application asks for it'
    : 'nothing in this run led here'
}

interface NeighbourProps {
  readonly cap: string
  readonly label: string
  readonly text: string | undefined
  readonly onGo: (() => void) | undefined
}

function Neighbour({ cap, label, text, onGo }: NeighbourProps): ReactElement {
  return (
    <button type="button" className="cause" disabled={onGo === undefined} onClick={onGo}>
      <kbd>{cap}</kbd>
      <small>{label}</small>
      <span>{text ?? '…'}</span>
    </button>
  )
}
