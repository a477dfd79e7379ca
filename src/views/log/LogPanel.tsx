/** The log of events: filters, the list, the sentence of the event that is pointed at. */
import { useCallback, useDeferredValue, useMemo, useRef, useState, type ReactElement } from 'react'
import { useStore } from 'zustand'
import { NO_QUERY, type LogQuery } from '../../stage/log/query.ts'
import { countText } from '../../stage/words.ts'
import type { PanelProps } from '../dock/panel.ts'
import { useSameList } from '../dock/use-stats.ts'
import { LogFilters } from './LogFilters.tsx'
import { LogList } from './LogList.tsx'
import { useLogSearch } from './use-log-search.ts'
import './log.css'

export function LogHead(): ReactElement {
  return (
    <div className="dock-head">
      <span className="dock-hint">
        every event, as the kernel’s tools name it · click or Enter goes there, with shift follows the I/O
      </span>
    </div>
  )
}

export function LogBody(props: PanelProps): ReactElement {
  const { theater, control, lanes, records, selection, onGo, onPick } = props
  const body = useRef<HTMLDivElement>(null)
  const sentence = useRef<HTMLSpanElement>(null)
  const [typed, setTyped] = useState<LogQuery>(NO_QUERY)
  const [only, setOnly] = useState<number>()
  const [following, setFollowing] = useState(true)
  const { range, selectRange } = useStore(selection)
  const query = useDeferredValue(useMemo(() => ({ ...typed, range }), [typed, range]))
  const shows = useSameList(records.map((_, lane) => theater.show(lane)))
  const shown = useSameList(
    lanes.filter((lane) => only === undefined || lane === only || !lanes.includes(only)),
  )
  const search = useLogSearch(theater, shown, shows, query)
  const { order, version, share, stopped } = search
  const say = useCallback((text: string) => {
    if (sentence.current !== null && sentence.current.textContent !== text)
      sentence.current.textContent = text
  }, [])
  return (
    <div ref={body} className="log">
      <LogFilters
        records={records}
        lanes={lanes}
        query={{ ...typed, range }}
        onQuery={({ range: _, ...query }) => setTyped({ ...query, range: undefined })}
        only={only}
        onOnly={setOnly}
        onRange={selectRange}
        onLeave={() => body.current?.querySelector<HTMLElement>('[role=grid]')?.focus()}
      />
      <LogList
        order={order}
        version={version}
        shows={shows}
        control={control}
        theater={theater}
        following={following}
        onFollowing={setFollowing}
        onGo={onGo}
        onPick={onPick}
        onSay={say}
      />
      <p className="log-foot">
        <span role="status" className="log-count">
          {version < 0 ? '' : countText(order.length)} events
          {share < 1 ? `, ${Math.round(share * 100)} % searched` : ''}
          {stopped ? ', search stopped' : ''}
        </span>
        <span ref={sentence} className="log-said" />
        {share < 1 && !stopped ? (
          <button type="button" className="small-button" onClick={search.stop}>
            stop searching
          </button>
        ) : null}
        <button
          type="button"
          className="small-button"
          aria-pressed={following}
          onClick={() => setFollowing(!following)}
        >
          follow the playhead
        </button>
      </p>
    </div>
  )
}
