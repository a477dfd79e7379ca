/** The steps of a task as a form offers them: what each does, its fields, and a first one to change. */
import { IO_STEPS, OTHER_STEPS } from '../schema/step.ts'
import { type Field, fieldsOf } from './fields.ts'
import { isObject } from './document.ts'

export interface Verb {
  /** `batch`, `message`: the value of `io`, or the field that makes the step what it is. */
  readonly name: string
  readonly about: string
  readonly group: 'I/O' | 'machine'
  /** Without the one that only names the verb. */
  readonly fields: readonly Field[]
  readonly first: Readonly<Record<string, unknown>>
}

const KIB = 1024

const IO: Readonly<Record<string, readonly [about: string, first: Readonly<Record<string, unknown>>]>> = {
  batch: ['I/Os one after the other in address, submitted together', { op: 'W', length: 4 * KIB, count: 16 }],
  each: ['the same, each submitted by a call of its own', { op: 'W', length: 4 * KIB, count: 16 }],
  list: ['the I/Os that are listed, submitted together', { items: [{ op: 'W', length: 4 * KIB }] }],
  wait: ['waits until everything submitted is done', {}],
  loop: ['random I/Os, always so many outstanding', { op: 'R', length: 4 * KIB, count: 64, depth: 8 }],
  timed: [
    'random I/Os for a time, always so many outstanding',
    { op: 'R', length: 4 * KIB, duration_ns: 5_000_000, depth: 8 },
  ],
  sync: ['one I/O that is waited for', { op: 'W', length: 4 * KIB }],
  buffered_write: ['writes into the page cache', { length: 64 * KIB }],
  buffered_read: ['reads through the page cache', { length: 64 * KIB }],
  fsync: ['writes dirty pages back and flushes the device', {}],
  drop_cache: ['forgets clean pages', {}],
  discard: ['tells the device that a range is not needed', { length: 1024 * KIB }],
  zeroout: ['zeroes a range', { length: 1024 * KIB }],
}

const OTHER: Readonly<Record<string, readonly [about: string, first: unknown]>> = {
  cpu: ['goes on on that CPU', 0],
  sleep_ns: ['sleeps', 1_000_000],
  message: ['dmsetup message to the multipath device', 'fail_path 8:0'],
  sysfs: ['echo VALUE > a file of sysfs', '/sys/block/sda/queue/nr_requests'],
  inject: ['lets commands of a device fail', { device: 'sda', status: 'MEDIUM_ERROR' }],
  link: ['pulls the cable of a path, or plugs it in', { device: 'sda', up: false }],
  service: ['makes a device slower', { device: 'sda', factor: 10 }],
  hang: ['a device gives no answer any more', { device: 'sda' }],
  suspend: ['dmsetup suspend', {}],
  resume: ['dmsetup resume', true],
  load: ['dmsetup load: another table line', ''],
  status: ['dmsetup status', true],
  table: ['dmsetup table', true],
  start: ['starts another task', 'task1'],
  join: ['waits for another task to end', 'task1'],
  rescan: ['finds disks again that were removed', true],
  fio_file: [
    'runs the jobs of a fio job file',
    '[job]\nrw=write\nbs=4k\nsize=1m\ndirect=1\nioengine=libaio\niodepth=16\n',
  ],
}

export const VERBS: readonly Verb[] = [
  ...Object.entries(IO_STEPS).map(([name, schema]): Verb => {
    const [about, first] = IO[name] ?? ['', {}]
    const fields = fieldsOf(schema).filter((field) => field.name !== 'io')
    return { name, about, group: 'I/O', fields, first: { io: name, ...first } }
  }),
  ...Object.entries(OTHER_STEPS).map(([name, schema]): Verb => {
    const [about, first] = OTHER[name] ?? ['', undefined]
    const extra = name === 'sysfs' ? { value: 32 } : {}
    return { name, about, group: 'machine', fields: fieldsOf(schema), first: { [name]: first, ...extra } }
  }),
]

/** Those that a form can offer: the others are written in the text. */
export const OFFERED: readonly Verb[] = VERBS.filter(({ about }) => about !== '')

export function verbOf(step: unknown): Verb | undefined {
  if (!isObject(step)) return undefined
  const { io } = step
  if (io !== undefined) return VERBS.find(({ group, name }) => group === 'I/O' && name === io)
  return VERBS.find(({ group, name }) => group === 'machine' && Object.hasOwn(step, name))
}
