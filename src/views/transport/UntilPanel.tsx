/** Run until: a failure, a merge, some completions, a time, an event of a kind; jump there or play; the author's stops. */
import { useId, useState, type ReactElement } from 'react'
import { useStore } from 'zustand'
import { type EventKindName, EventKind } from '../../engine/log/index.ts'
import { simNs } from '../../lib/brands.ts'
import { momentText } from '../../stage/words.ts'
import type { Goal } from '../../store/goals.ts'
import type { Session } from '../../store/session.ts'
import type { Spot } from '../acting/desk.ts'
import { Popup } from '../acting/Popup.tsx'
import { readTime } from './goal-text.ts'
import './until.css'

export interface UntilPanelProps {
  readonly session: Session
  readonly spot: Spot
  readonly onClose: () => void
}

const PLAIN: readonly (readonly [text: string, goal: Goal])[] = [
  ['the next failure', { to: 'failure' }],
  ['the next merge', { to: 'merge' }],
  ['the next requeue', { to: 'event', kinds: ['rq_requeue', 'bio_queue_mpath', 'head_requeue'] }],
  ['the next split', { to: 'event', kinds: ['split', 'dm_split'] }],
  ['the end: everything is computed', { to: 'end' }],
]
const KINDS = Object.keys(EventKind).filter((name): name is EventKindName => name !== 'none')

export default function UntilPanel({ session, spot, onClose }: UntilPanelProps): ReactElement {
  const [how, setHow] = useState<'jump' | 'play'>('jump')
  const [count, setCount] = useState('10')
  const [time, setTime] = useState('')
  const [kind, setKind] = useState<EventKindName>('rq_issue')
  const [device, setDevice] = useState('')
  const range = useStore(session.selection, (selection) => selection.range)
  const loop = useStore(session.playback, (playback) => playback.loop)
  const group = useId()
  const seek = (goal: Goal): void => {
    onClose()
    void session.doing.seek(goal, how)
  }
  const timeNs = readTime(time)
  const event: Goal = { to: 'event', kinds: [kind], ...(device === '' ? {} : { device }) }
  const devices = session.records[0]?.header.devices.map(({ name }) => name) ?? []
  const verb = how === 'jump' ? 'Jump' : 'Play'
  return (
    <Popup spot={spot} role="dialog" label="run until" className="panel-popup until-panel" onClose={onClose}>
      <header>
        <h2>Run until</h2>
        <div role="radiogroup" aria-label="how">
          {(['jump', 'play'] as const).map((one) => (
            <label key={one}>
              <input type="radio" name={group} checked={how === one} onChange={() => setHow(one)} />
              {one === 'jump' ? 'jump there' : 'play until there'}
            </label>
          ))}
        </div>
      </header>
      <div className="until-plain">
        {PLAIN.map(([text, goal], i) => (
          <button
            key={text}
            type="button"
            autoFocus={i === 0}
            className="small-button"
            onClick={() => seek(goal)}
          >
            {text}
          </button>
        ))}
      </div>
      <form
        onSubmit={(submit) => {
          submit.preventDefault()
          if (/^[1-9]\d{0,8}$/.test(count)) seek({ to: 'completions', count: Number(count) })
        }}
      >
        <input
          aria-label="how many I/Os end"
          inputMode="numeric"
          value={count}
          onChange={({ target }) => setCount(target.value.trim())}
        />
        <span>more I/Os have ended</span>
        <button type="submit" className="small-button" disabled={!/^[1-9]\d{0,8}$/.test(count)}>
          {verb}
        </button>
      </form>
      <form
        onSubmit={(submit) => {
          submit.preventDefault()
          if (timeNs !== undefined) seek({ to: 'time', timeNs: simNs(timeNs) })
        }}
      >
        <input
          aria-label="a time with its unit"
          placeholder="12.5 ms"
          value={time}
          onChange={({ target }) => setTime(target.value)}
        />
        <span>of simulated time (ns, us, ms, s)</span>
        <button type="submit" className="small-button" disabled={timeNs === undefined}>
          {verb}
        </button>
      </form>
      <form
        onSubmit={(submit) => {
          submit.preventDefault()
          seek(event)
        }}
      >
        <select
          aria-label="kind of event"
          value={kind}
          onChange={({ target }) => setKind(KINDS.find((name) => name === target.value) ?? kind)}
        >
          {KINDS.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <select aria-label="device" value={device} onChange={({ target }) => setDevice(target.value)}>
          <option value="">any device</option>
          {devices.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <button
          type="button"
          className="small-button"
          aria-label="the event of that kind before"
          onClick={() => {
            onClose()
            void session.doing
              .openSeeker()
              .then((seeker) => seeker.jumpBack([kind], device === '' ? undefined : device))
          }}
        >
          ‹ before
        </button>
        <button type="submit" className="small-button" aria-label="the next event of that kind">
          next ›
        </button>
      </form>
      <section>
        <h3>Repeat</h3>
        <button
          type="button"
          className="small-button"
          aria-pressed={loop !== undefined}
          disabled={range === undefined && loop === undefined}
          onClick={() => {
            const { player } = session
            if (loop !== undefined || range === undefined) player.setLoop(undefined)
            else {
              player.setLoop({ fromNs: simNs(range.fromNs), toNs: simNs(range.toNs) })
              player.seekNs(range.fromNs)
              player.play()
            }
            onClose()
          }}
        >
          {loop === undefined ? 'repeat the selected time' : 'repeat no more'} <kbd>r</kbd>
        </button>
        {range === undefined && loop === undefined ? <small>select time first (i, o)</small> : null}
      </section>
      <Stops session={session} onClose={onClose} />
    </Popup>
  )
}

function Stops({ session, onClose }: Pick<UntilPanelProps, 'session' | 'onClose'>): ReactElement | null {
  const { stops } = session
  if (stops.length === 0) return null
  return (
    <section>
      <h3>Stops of this scenario</h3>
      <ol className="until-stops">
        {stops.map(({ stop, timeNs }, i) => {
          const { value, unit } = momentText(timeNs)
          return (
            <li key={i}>
              <button
                type="button"
                className="small-button"
                onClick={() => {
                  session.player.pause()
                  session.player.seekNs(timeNs)
                  onClose()
                }}
              >
                <b>
                  {value} {unit}
                </b>{' '}
                {stop.title}
              </button>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
