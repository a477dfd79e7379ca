/** What the engine of a lane answers to a question at the playhead: asked when it rests, once a second while it plays. */
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { Session } from '../../store/session.ts'

const EVERY_MS = 1000

export function useEngineAnswer(
  session: Session,
  lane: number,
  ask: 'dmsetup_status' | 'dmsetup_table' | 'multipath_ll',
): string {
  const [text, setText] = useState('')
  const playing = useStore(session.playback, (playback) => playback.playing)
  const timeNs = useStore(session.playback, (playback) => (playback.playing ? -1 : playback.timeNs))
  useEffect(() => {
    let cancel: () => void = () => undefined
    const put = (): void => {
      cancel()
      const asked = session.doing.ask(lane, { ask })
      cancel = asked.cancel
      void asked.answer.then((answer) => setText(answer.ok ? answer.text : answer.problem.what))
    }
    put()
    const timer = playing ? setInterval(put, EVERY_MS) : undefined
    return () => {
      clearInterval(timer)
      cancel()
    }
  }, [session, lane, ask, playing, timeNs])
  return text
}
