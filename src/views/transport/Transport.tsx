/** At the foot: where in time the show is, and the ways through it. */
import { lazy, Suspense, useLayoutEffect, useRef, type ReactElement } from 'react'
import type { Mark } from '../../stage/marks.ts'
import { momentText } from '../../stage/words.ts'
import type { Session } from '../../store/session.ts'
import type { Pace } from '../../store/state.ts'
import { type Desk, spotOf } from '../acting/desk.ts'
import type { Control } from '../control.ts'
import type { Theater } from '../theater.ts'
import { writeText } from '../write-text.ts'
import { Icon } from './Icon.tsx'
import { Scrubber } from './Scrubber.tsx'

const Coming = lazy(() => import('./Coming.tsx'))
const PartingMark = lazy(() => import('./PartingMark.tsx'))

export interface TransportProps {
  readonly session: Session
  readonly control: Control
  readonly theater: Theater
  readonly desk: Desk
  readonly lanes: number
  /** Whose paths are offered to be broken. */
  readonly lane: number
  readonly playing: boolean
  readonly atEnd: boolean
  readonly pace: Pace
  readonly speed: number
  readonly marks: readonly Mark[]
}

const SPEEDS = [0.25, 0.5, 1, 2, 4, 16]
const STORY_TITLE =
  'Story pace: every significant event gets its beat, long silences shrink to a labelled jump. The same map for both lanes.'

export function Transport(props: TransportProps): ReactElement {
  const { control, theater, desk, playing, atEnd, pace, speed, marks } = props
  let playName = playing ? 'Pause' : 'Play'
  if (atEnd && !playing) playName = 'Replay'
  return (
    <footer className="transport" aria-label="transport">
      <div className="buttons">
        <TransportButton name="To the start" keys="Home" icon="start" onPress={() => control.toStart()} />
        <TransportButton name="One event back" keys="←" icon="back" onPress={() => control.stepEvent(-1)} />
        <TransportButton
          name={playName}
          keys="space"
          icon={iconOf(playing, atEnd)}
          onPress={() => control.toggle()}
          strong
        />
        <TransportButton
          name="One event forwards"
          keys="→"
          icon="forward"
          onPress={() => control.stepEvent(1)}
        />
        <TransportButton
          name="To the next milestone"
          keys="shift →"
          icon="milestone"
          onPress={() => control.stepMilestone(1)}
        />
      </div>
      <Clock control={control} theater={theater} playing={playing} />
      <div className="pace" role="group" aria-label="pace">
        <button
          type="button"
          aria-pressed={pace === 'story'}
          title={STORY_TITLE}
          onClick={() => control.setPace('story')}
        >
          story pace
        </button>
        <button
          type="button"
          aria-pressed={pace === 'real'}
          title="Real ratio: so much simulated time for each second, fixed."
          onClick={() => control.setPace('real')}
        >
          real ratio
        </button>
        <select
          aria-label="speed"
          title="speed"
          value={speed}
          onChange={(event) => control.setSpeed(Number(event.target.value))}
        >
          {SPEEDS.map((value) => (
            <option key={value} value={value}>
              × {value}
            </option>
          ))}
        </select>
      </div>
      <div className="scrub-column">
        <Suspense fallback={<div className="coming" />}>
          <Coming session={props.session} theater={theater} lanes={props.lanes} />
        </Suspense>
        <Scrubber control={control} theater={theater} marks={marks}>
          <Suspense fallback={null}>
            {props.lanes < 2 ? null : <PartingMark control={control} theater={theater} />}
          </Suspense>
        </Scrubber>
      </div>
      <button
        type="button"
        className="small-button until-button"
        aria-haspopup="dialog"
        title="run until a failure, a merge, a time; repeat; stops (u)"
        onClick={(event) => desk.toggle({ open: 'until', spot: spotOf(event.currentTarget) })}
      >
        until …
      </button>
      <button
        type="button"
        className="break-path"
        aria-haspopup="menu"
        title="break a path (x); right click any path for more"
        onClick={(event) =>
          desk.toggle({
            open: 'menu',
            lane: props.lane,
            thing: { kind: 'paths' },
            spot: spotOf(event.currentTarget),
          })
        }
      >
        break a path
      </button>
    </footer>
  )
}

function iconOf(playing: boolean, atEnd: boolean): 'pause' | 'replay' | 'play' {
  if (playing) return 'pause'
  return atEnd ? 'replay' : 'play'
}

function TransportButton(props: {
  readonly name: string
  readonly keys: string
  readonly icon: Parameters<typeof Icon>[0]['name']
  readonly onPress: () => void
  readonly strong?: boolean
}): ReactElement {
  return (
    <button
      type="button"
      className={props.strong === true ? 'round strong' : 'round'}
      aria-label={props.name}
      title={`${props.name} (${props.keys})`}
      onClick={props.onPress}
    >
      <Icon name={props.icon} />
    </button>
  )
}

/** The simulated time; written by the theater, not by React: with all words while the show plays, at once when it stands. */
function Clock({
  control,
  theater,
  playing,
}: {
  readonly control: Control
  readonly theater: Theater
  readonly playing: boolean
}): ReactElement {
  const time = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    const tell = (): void => {
      const { value, unit } = momentText(control.timeNs())
      if (time.current !== null) writeText(time.current, `t = ${value} ${unit}`)
    }
    tell()
    return playing ? theater.onWords(tell) : theater.onFrame(tell)
  }, [control, theater, playing])
  return <span ref={time} className="clock" title="simulated time" />
}
