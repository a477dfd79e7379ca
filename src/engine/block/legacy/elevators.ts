/** The legacy schedulers by name. Deadline is the one of blk-mq without its classes (4.4 deadline-iosched.c). */
import { BLKDEV_DEFAULT_RQ } from '../../kernel/constants.ts'
import type { Machine } from '../../machine.ts'
import type { Elevator } from '../elevator.ts'
import { MqDeadline } from '../mq-deadline.ts'
import { Cfq } from './cfq.ts'
import { Noop } from './noop.ts'

export function legacyElevator(m: Machine, name: string): Elevator {
  switch (name) {
    case 'deadline':
      return new MqDeadline(m, BLKDEV_DEFAULT_RQ, 'deadline')
    case 'cfq':
      return new Cfq(m)
    default:
      return new Noop(m)
  }
}
