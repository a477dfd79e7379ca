/** What `dmsetup table` answers for a lane at the playhead, for whoever wants to change it. */
import { useEffect, useState } from 'react'
import type { Session } from '../../store/session.ts'

/** Undefined until it is answered, and where there is no map. */
export function useLiveTable(session: Session, lane: number): string | undefined {
  const [table, setTable] = useState<string>()
  useEffect(() => {
    const mode = session.scenario.getState().lanes[lane]?.mode
    if (mode !== 'bio' && mode !== 'rq') return undefined
    const map = session.getRecord(lane)?.header.dmName
    if (map === undefined) return undefined
    const { answer, cancel } = session.doing.ask(lane, { ask: 'dmsetup_table', map })
    void answer.then((got) => {
      if (got.ok) setTable(got.text)
    })
    return cancel
  }, [session, lane])
  return table
}
