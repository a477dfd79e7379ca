/** What the tasks of a lane are doing: asleep, since when, for what. Rows are task indices of the side tables. */
import { DEV_NONE, type SleepReason } from '../engine/log/index.ts'
import { NOT_ARMED } from './devices.ts'

export interface TaskState {
  /** SleepReason, 0 = runs or has never slept. */
  sleep: SleepReason | 0
  sinceNs: number
  /** Bio or io it sleeps for, 0 = none. */
  subject: number
  /** Device waited for, DEV_NONE = none. */
  dev: number
  /** When its sleep timer is due, NOT_ARMED = none. */
  wakeDueNs: number
}

const AWAKE: Readonly<TaskState> = { sleep: 0, sinceNs: 0, subject: 0, dev: DEV_NONE, wakeDueNs: NOT_ARMED }

export class TaskTable {
  private states: TaskState[] = []

  get count(): number {
    return this.states.length
  }

  of(task: number): Readonly<TaskState> {
    return this.states[task] ?? AWAKE
  }

  /** @internal The state to write to. */
  touch(task: number): TaskState {
    while (this.states.length <= task) this.states.push({ ...AWAKE })
    return this.states[task]!
  }

  copyFrom(other: TaskTable): void {
    this.states = other.states.map((state) => ({ ...state }))
  }

  get byteLength(): number {
    return this.states.length * 64
  }
}
