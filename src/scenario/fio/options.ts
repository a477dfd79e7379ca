/** The options of fio that a job may have: how each is read, and what it becomes. */
import type { FioJob } from '../../engine/index.ts'
import { suggest } from '../../lib/near-miss.ts'
import { type KbBase, readSize, readSwitch, readTime, readWhole } from './units.ts'
import { FIO_ENGINES, FIO_PATTERNS, FIO_VERIFY_METHODS } from './words.ts'

/** What sizes depend on. */
export interface Measure {
  readonly kbBase: KbBase
  readonly deviceBytes: number
}

export type Fields = Partial<Record<keyof FioJob, unknown>>

/** The fields that a value sets, or a sentence that says what would be right. */
export type ReadOption = (value: string, measure: Measure) => Fields | string

const A_SIZE = 'write a size such as 4k, 1m or 512'

function size(field: keyof FioJob, remedy: string = `${A_SIZE}, or a percentage`): ReadOption {
  return (value, { kbBase, deviceBytes }) => {
    const bytes = readSize(value, kbBase, deviceBytes)
    return bytes === undefined ? remedy : { [field]: bytes }
  }
}

function whole(field: keyof FioJob): ReadOption {
  return (value) => {
    const number = readWhole(value)
    return number === undefined ? 'write a whole number' : { [field]: number }
  }
}

function onOff(field: keyof FioJob): ReadOption {
  return (value) => {
    const on = readSwitch(value)
    return on === undefined ? 'write 1 or 0' : { [field]: on }
  }
}

function time(field: keyof FioJob, unit: 's' | 'us'): ReadOption {
  return (value) => {
    const ns = readTime(value, unit)
    return ns === undefined
      ? `write a time such as 5s, 20ms or 100us; without a unit it is ${unit}`
      : { [field]: ns }
  }
}

function word(
  field: keyof FioJob,
  words: readonly string[],
  aliases: Readonly<Record<string, string>> = {},
): ReadOption {
  return (value) => {
    const found = aliases[value] ?? value
    return words.includes(found) ? { [field]: found } : suggest(value, words)
  }
}

/** `READ[,WRITE[,TRIM]]`; one number is for both, and an empty one for neither. */
function byDirection(text: string, read: (part: string) => number | undefined): unknown {
  const parts = text.split(',')
  const numbers = parts.map((part) => (part === '' ? undefined : read(part)))
  if (parts.length > 3 || parts.some((part, i) => part !== '' && numbers[i] === undefined)) return undefined
  const [first, second] = numbers
  if (parts.length === 1 || first === second) return first
  return {
    ...(first === undefined ? {} : { read: first }),
    ...(second === undefined ? {} : { write: second }),
  }
}

const bs: ReadOption = (value, { kbBase }) => {
  const found = byDirection(value, (part) => readSize(part, kbBase, 0))
  if (found === undefined) return `${A_SIZE}, or READ,WRITE`
  if (typeof found !== 'object') return { bs: found }
  const { read, write } = found as { read?: number; write?: number }
  return { bs: { read: read ?? DEFAULT_BS, write: write ?? DEFAULT_BS } }
}

export const DEFAULT_BS = 4096

const rate =
  (field: 'rate' | 'rate_iops'): ReadOption =>
  (value, { kbBase }) => {
    const found = byDirection(value, (part) =>
      field === 'rate' ? readSize(part, kbBase, 0) : readWhole(part),
    )
    return found === undefined ? 'write one number, or READ,WRITE' : { [field]: found }
  }

/** `4k/60:64k/40`; shares that are left out divide what is left. */
const bssplit: ReadOption = (value, { kbBase }) => {
  const parts = value.split(':').map((part) => part.split('/'))
  const entries = parts.map(([bytes = '', percent = '']) => ({
    bytes: readSize(bytes, kbBase, 0),
    percent: percent === '' ? undefined : readWhole(percent),
    open: percent === '',
  }))
  const given = entries.reduce((sum, { percent }) => sum + (percent ?? 0), 0)
  const open = entries.filter((entry) => entry.open).length
  const share = open === 0 ? 0 : Math.floor((100 - given) / open)
  const wrong =
    entries.some(
      ({ bytes, percent, open: isOpen }) => bytes === undefined || (!isOpen && percent === undefined),
    ) ||
    given > 100 ||
    (open === 0 ? given !== 100 : share < 1)
  if (wrong) return 'write sizes with shares that make 100, such as 4k/60:64k/40'
  return { bssplit: entries.map(({ bytes, percent }) => ({ bytes, percent: percent ?? share })) }
}

const rw = word('rw', FIO_PATTERNS, { readwrite: 'rw' })
const runtime = time('runtime_ns', 's')
const iodepthBatch = whole('iodepth_batch')

/** `verify=0` is fio's way to say none. */
const verify: ReadOption = (value, measure) =>
  value === '0' || value === 'none' ? {} : word('verify', FIO_VERIFY_METHODS)(value, measure)

export const FIO_OPTIONS: Readonly<Record<string, ReadOption>> = {
  rw,
  readwrite: rw,
  bs,
  blocksize: bs,
  bssplit,
  ioengine: word('ioengine', FIO_ENGINES),
  iodepth: whole('iodepth'),
  iodepth_batch: iodepthBatch,
  iodepth_batch_submit: iodepthBatch,
  iodepth_batch_complete: whole('iodepth_batch_complete'),
  iodepth_batch_complete_min: whole('iodepth_batch_complete'),
  iodepth_low: whole('iodepth_low'),
  numjobs: whole('numjobs'),
  direct: onOff('direct'),
  buffered: (value) => {
    const on = readSwitch(value)
    return on === undefined ? 'write 1 or 0' : { direct: !on }
  },
  fsync: whole('fsync'),
  end_fsync: onOff('end_fsync'),
  rate: rate('rate'),
  rate_iops: rate('rate_iops'),
  thinktime: time('thinktime_ns', 'us'),
  thinktime_blocks: whole('thinktime_blocks'),
  rwmixread: whole('rwmixread'),
  rwmixwrite: (value) => {
    const percent = readWhole(value)
    return percent === undefined || percent > 100 ? 'write a percentage' : { rwmixread: 100 - percent }
  },
  offset: size('offset'),
  offset_increment: size('offset_increment'),
  size: size('size'),
  loops: whole('loops'),
  verify,
  do_verify: onOff('do_verify'),
  verify_fatal: onOff('verify_fatal'),
  time_based: onOff('time_based'),
  runtime,
  timeout: runtime,
  startdelay: time('startdelay_ns', 's'),
  start_delay: time('startdelay_ns', 's'),
  norandommap: onOff('norandommap'),
  randseed: whole('randseed'),
  stonewall: onOff('stonewall'),
  wait_for_previous: onOff('stonewall'),
}
