/**
 * Above the scrubber: what is being computed or looked for, with a way to give up; else the line of what is to come, the
 * timers that run, on a log axis from now.
 */
import { useEffect, useRef, useState, type ReactElement } from 'react'
import { useStore } from 'zustand'
import { durationText } from '../../lib/duration.ts'
import { LOG_TICKS, logShare, upcomingOf, type Upcoming } from '../../stage/upcoming.ts'
import { countText } from '../../stage/words.ts'
import { isOver, shareDone, totalEvents } from '../../store/scenario-store.ts'
import type { Session } from '../../store/session.ts'
import { laneLetter } from '../dock/panel.ts'
import { glide } from '../glide.ts'
import { useRoom } from '../stage/use-room.ts'
import type { Theater } from '../theater.ts'
import { writeText } from '../write-text.ts'
import { goalText } from './goal-text.ts'
import './coming.css'

export interface ComingProps {
  readonly session: Session
  readonly theater: Theater
  readonly lanes: number
}

/** Shorter waits are not worth a word. */
const PATIENCE_MS = 200

export default function Coming({ session, theater, lanes }: ComingProps): ReactElement {
  const seeking = useStore(session.playback, (playback) => playback.seeking)
  const untilNs = useStore(session.playback, (playback) => playback.untilNs)
  const loop = useStore(session.playback, (playback) => playback.loop)
  const computing = useComputing(session)
  if (computing || seeking !== undefined) return <Working session={session} />
  if (loop !== undefined)
    return (
      <Told
        text={`repeats ${durationText(loop.toNs - loop.fromNs)}`}
        give="stop"
        onGive={() => session.player.setLoop(undefined)}
      />
    )
  if (untilNs !== undefined)
    return (
      <Told
        text={`pauses at ${durationText(untilNs, 4)}`}
        give="play on"
        onGive={() => session.player.pause()}
      />
    )
  return <Timers theater={theater} lanes={lanes} />
}

/** True while a lane runs, once that has taken a while. */
function useComputing(session: Session): boolean {
  const runs = useStore(session.scenario, ({ status }) => status.some((lane) => !isOver(lane)))
  const [long, setLong] = useState(false)
  useEffect(() => {
    if (!runs) return undefined
    const timer = setTimeout(() => setLong(true), PATIENCE_MS)
    return () => {
      clearTimeout(timer)
      setLong(false)
    }
  }, [runs])
  return runs && long
}

function Working({ session }: { readonly session: Session }): ReactElement {
  const scenario = useStore(session.scenario)
  const seeking = useStore(session.playback, (playback) => playback.seeking)
  const shares = scenario.status.map(shareDone)
  // A run that is longer than the one it replaces has passed its end: nobody knows how much is left.
  const known = shares.every(
    (share, lane) => share !== undefined && (share < 1 || isOver(scenario.status[lane]!)),
  )
  const share = known ? Math.min(...shares.map((one) => one ?? 0)) : undefined
  const what = seeking === undefined ? 'computing' : `looking for ${goalText(seeking.goal)}`
  const runs = scenario.status.some((lane) => !isOver(lane))
  return (
    <div className="coming working">
      <span>
        {what}: {countText(totalEvents(scenario))} events so far
        {share === undefined ? '' : `, ${Math.floor(share * 100)} %`}
      </span>
      <progress aria-label={what} max={1} {...(share === undefined ? {} : { value: share })} />
      {seeking === undefined ? null : (
        <button
          type="button"
          className="small-button"
          onClick={() => void session.doing.openSeeker().then((seeker) => seeker.giveUp())}
        >
          give up
        </button>
      )}
      {runs ? (
        <button type="button" className="small-button" onClick={() => session.cancel()}>
          cancel
        </button>
      ) : null}
    </div>
  )
}

function Told(props: {
  readonly text: string
  readonly give: string
  readonly onGive: () => void
}): ReactElement {
  return (
    <div className="coming working">
      <span>{props.text}</span>
      <button type="button" className="small-button" onClick={props.onGive}>
        {props.give}
      </button>
    </div>
  )
}

interface LaneTimer extends Upcoming {
  readonly lane: number
}

const MOST = 24

/** Which timers there are and what is left of the first follows the words; where they are, the frames. */
function Timers({ theater, lanes }: Pick<ComingProps, 'theater' | 'lanes'>): ReactElement {
  const [timers, setTimers] = useState<readonly LaneTimer[]>([])
  const root = useRef<HTMLDivElement>(null)
  const next = useRef<HTMLSpanElement>(null)
  const widthPx = useRoom(root)?.widthPx ?? 1
  useEffect(() => {
    let before = ''
    return theater.onWords(() => {
      const all: LaneTimer[] = []
      for (let lane = 0; lane < lanes; lane++) {
        const show = theater.show(lane)
        if (show !== undefined)
          for (const timer of upcomingOf(show.picture, show.timeNs)) all.push({ ...timer, lane })
      }
      all.sort((a, b) => a.dueNs - b.dueNs)
      if (next.current !== null) writeText(next.current, nextText(theater, all[0]))
      const key = all.map(({ lane, name, dueNs }) => `${lane} ${name} ${dueNs}`).join()
      if (key === before) return
      before = key
      setTimers(all.slice(0, MOST))
    })
  }, [theater, lanes])
  useEffect(() => {
    const glides = [...root.current!.querySelectorAll('.coming-dot')].map((dot) =>
      glide(dot, 'none', `translateX(${widthPx}px)`, widthPx),
    )
    const before: number[] = []
    const stop = theater.onFrame(() => {
      const nowNs = nowIn(theater, timers[0])
      glides.forEach(({ put }, i) => {
        const x = Math.round(logShare(timers[i]!.dueNs - nowNs) * widthPx)
        if (x !== before[i]) put((before[i] = x))
      })
    })
    return () => {
      stop()
      for (const { end } of glides) end()
    }
  }, [theater, timers, widthPx])
  return (
    <div className="coming" title="What will happen by itself: timers, on a log axis from now.">
      <span className="coming-now">to come</span>
      <div ref={root} className="coming-axis" aria-hidden="true">
        {LOG_TICKS.map(([ns, text]) => (
          <span key={ns} className="coming-tick" style={{ left: `${logShare(ns) * 100}%` }}>
            {text}
          </span>
        ))}
        {timers.map((timer) => (
          <i
            key={`${timer.lane} ${timer.name}`}
            className="coming-dot"
            title={`${laneLetter(timer.lane)}: ${timer.name}`}
          />
        ))}
      </div>
      <span ref={next} className="coming-next" />
    </div>
  )
}

function nowIn(theater: Theater, timer: LaneTimer | undefined): number {
  return theater.show(timer?.lane ?? 0)?.timeNs ?? 0
}

function nextText(theater: Theater, first: LaneTimer | undefined): string {
  if (first === undefined) return 'no timer runs'
  const leftNs = Math.max(0, first.dueNs - nowIn(theater, first))
  return `${laneLetter(first.lane)}: ${first.name} in ${durationText(leftNs, 2)}`
}
