/**
 * Names of I/O schedulers in both block layers, and what a name of one means in the other: a scenario written for one
 * kernel runs on others. The kernel itself takes `deadline` for mq-deadline (block/mq-deadline.c: elevator_alias).
 */
import type { KernelProfile, QueueKind } from '../kernel/profile.ts'

const MQ: readonly string[] = ['none', 'mq-deadline', 'kyber', 'bfq']
const LEGACY: readonly string[] = ['noop', 'deadline', 'cfq']

/** Every name that a scenario may use. */
export const SCHEDULERS: readonly string[] = [...MQ, ...LEGACY]

const LEGACY_NAME: Readonly<Record<string, string>> = {
  none: 'noop',
  'mq-deadline': 'deadline',
  kyber: 'noop',
  bfq: 'cfq',
}
const MQ_NAME: Readonly<Record<string, string>> = { noop: 'none', deadline: 'mq-deadline', cfq: 'bfq' }

/** The scheduler that a queue of this kind has under this name, or instead of it. */
export function schedulerFor(profile: KernelProfile, kind: QueueKind, name: string): string {
  if (kind === 'legacy') return LEGACY_NAME[name] ?? name
  const mqName = MQ_NAME[name] ?? name
  return profile.mqSchedulers.includes(mqName) ? mqName : 'none'
}

/** What a dm queue or a disk has when nobody chooses: cfq was the usual build default. */
export function defaultScheduler(profile: KernelProfile, kind: QueueKind): string {
  return kind === 'legacy' ? 'cfq' : (profile.mqSchedulers[0] ?? 'none')
}
