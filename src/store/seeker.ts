/**
 * Goes to a goal: jumps there, or plays until there. A goal that lies beyond what is computed is waited for; the wish is
 * in the playback store until it is met, given up or shown to lead nowhere. Whoever moves the playhead gives it up.
 */
import { simNs } from '../lib/brands.ts'
import { findBefore, findGoal, type Found, type Goal, type Known } from './goals.ts'
import type { PlaybackStore } from './playback-store.ts'
import type { Player } from './player.ts'
import { type Playhead, playheadAt, playheadNear } from './playhead.ts'
import type { EventKindName } from '../engine/log/index.ts'

export interface SeekerInput {
  readonly player: Player
  readonly playback: PlaybackStore
  readonly known: () => Known
  /** Says that a goal leads nowhere. */
  readonly tell: (sentence: string) => void
}

export class Seeker {
  private readonly input: SeekerInput
  private from: Playhead | undefined

  constructor(input: SeekerInput) {
    this.input = input
  }

  /** Jumps to the goal and stands there, paused, as soon as it is known. */
  jump(goal: Goal): void {
    this.seek(goal, 'jump')
  }

  /** Plays on and pauses at the goal. */
  playUntil(goal: Goal): void {
    this.seek(goal, 'play')
  }

  /** To the last event of a kind before the playhead. */
  jumpBack(kinds: readonly EventKindName[], device?: string): void {
    const { player, known, tell } = this.input
    const found = findBefore(known().lanes, player.playhead, kinds, device)
    if (found === 'none') tell('There is no such event before this moment.')
    else this.standAt(found)
  }

  giveUp(): void {
    this.from = undefined
    this.input.playback.setState({ seeking: undefined })
  }

  /** The lanes have logged more. */
  lookAgain(): void {
    const { seeking } = this.input.playback.getState()
    if (seeking === undefined || this.from === undefined) return
    const found = findGoal(this.input.known(), this.from, seeking.goal)
    if (found === 'wait') return
    this.giveUp()
    if (found === 'none') this.input.tell(nothingSaid(seeking.goal))
    else if (seeking.goal.to === 'end' && seeking.how === 'jump') this.standAtEnd()
    else if (seeking.how === 'jump') this.standAt(found)
    else this.input.player.playUntil(this.headAt(found))
  }

  private seek(goal: Goal, how: 'jump' | 'play'): void {
    const { player, playback } = this.input
    // Playing is a wish of its own, which ends all others.
    if (how === 'play') player.play()
    this.from = player.playhead
    playback.setState({ seeking: { goal, how } })
    this.lookAgain()
  }

  /** The show goes on a little after the last event. */
  private standAtEnd(): void {
    this.input.player.pause()
    this.input.player.toEnd()
  }

  private standAt(found: Found): void {
    this.input.player.pause()
    this.input.player.seekPlayhead(this.headAt(found))
  }

  /** Right after the event that was found, before others of its nanosecond. */
  private headAt({ timeNs, lane, index }: Found): Playhead {
    const { lanes } = this.input.known()
    const plain = playheadAt(lanes, simNs(timeNs))
    if (lane === undefined || index === undefined) return plain
    const indices = plain.indices.map((last, at) => (at === lane ? index : last))
    return playheadNear(lanes, timeNs, indices)
  }
}

function nothingSaid(goal: Goal): string {
  switch (goal.to) {
    case 'failure':
      return 'Nothing fails after this moment.'
    case 'merge':
      return 'Nothing is merged after this moment.'
    case 'completions':
      return `Fewer than ${goal.count} I/Os end after this moment.`
    case 'event':
      return 'There is no such event after this moment.'
    case 'end':
    case 'time':
      return 'The run ends before that.'
  }
}
