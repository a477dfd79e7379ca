/** The command that a step stands for. Parsing it gives the step again. */
import type { FioJob, FioRates, InjectedError } from '../engine/index.ts'
import { assertNever } from '../lib/assert-never.ts'
import type { ActStep } from './parsed.ts'
import { BYTE_NAMES } from './verbs.ts'
import { quoted } from './words.ts'
import type { World } from './world.ts'

export function printStep(step: ActStep, world?: Pick<World, 'map'>): string {
  const map = world?.map ?? 'mp'
  if ('message' in step) return `dmsetup message ${map} 0 ${quoted(step.message)}`
  if ('sysfs' in step) return `echo ${quoted(String(step.value))} > ${step.sysfs}`
  if ('rescan' in step) return 'echo "- - -" > /sys/class/scsi_host/host0/scan'
  if ('link' in step) return `link ${step.link.device} ${step.link.up ? 'up' : 'down'}`
  if ('service' in step) return `slow ${step.service.device} ${step.service.factor}`
  if ('hang' in step) {
    const { device, hung, abort } = step.hang
    return `${hung ? 'hang' : 'unhang'} ${device}${abort === 'fails' ? ' deaf' : ''}`
  }
  if ('suspend' in step) {
    const { noflush, nolockfs } = step.suspend
    return `dmsetup suspend ${noflush ? '--noflush ' : ''}${nolockfs ? '--nolockfs ' : ''}${map}`
  }
  if ('resume' in step) return `dmsetup resume ${map}`
  if ('load' in step) return `dmsetup reload ${map} --table "${step.load}"`
  if ('inject' in step) return printInject(step.inject)
  if ('fio' in step) return printJobs([step.fio])
  if ('fio_jobs' in step) return printJobs(step.fio_jobs)
  return assertNever(step)
}

function printInject(error: InjectedError): string {
  const { device, status, command, count, first_sector: first, sectors, probability, seed } = error
  const words = ['inject', device, status ?? `result=${BYTE_NAMES.map((name) => error[name]).join(':')}`]
  if (first !== undefined) words.push(String(first), String(sectors ?? 1))
  if (command !== 'ANY') words.push(command === 'READ' ? 'reads' : 'writes')
  if (count !== 1) words.push('times', String(count))
  if (probability !== undefined) words.push('chance', String(probability))
  if (seed !== undefined) words.push('seed', String(seed))
  return words.join(' ')
}

function printJobs(jobs: readonly FioJob[]): string {
  return ['fio', ...jobs.flatMap(jobOptions)].join(' ')
}

type Printer<K extends keyof FioJob> = (value: NonNullable<FioJob[K]>) => string

const plain = (value: string | number): string => String(value)
const digit = (value: boolean): string => (value ? '1' : '0')
const nanoseconds = (value: number): string => `${value}ns`

function byDirection(value: number | FioRates): string {
  if (typeof value === 'number') return String(value)
  return `${value.read ?? ''},${value.write ?? ''}`
}

/** Fields in the order in which they are printed: the option of each, and how its value is written. */
const OPTIONS: { readonly [K in keyof Required<Omit<FioJob, 'name'>>]: readonly [string, Printer<K>] } = {
  rw: ['rw', plain],
  bs: ['bs', byDirection],
  bssplit: ['bssplit', (parts) => parts.map(({ bytes, percent }) => `${bytes}/${percent}`).join(':')],
  ioengine: ['ioengine', plain],
  iodepth: ['iodepth', plain],
  iodepth_batch: ['iodepth_batch', plain],
  iodepth_batch_complete: ['iodepth_batch_complete', plain],
  iodepth_low: ['iodepth_low', plain],
  numjobs: ['numjobs', plain],
  direct: ['direct', digit],
  fsync: ['fsync', plain],
  end_fsync: ['end_fsync', digit],
  rate: ['rate', byDirection],
  rate_iops: ['rate_iops', byDirection],
  thinktime_ns: ['thinktime', nanoseconds],
  thinktime_blocks: ['thinktime_blocks', plain],
  rwmixread: ['rwmixread', plain],
  offset: ['offset', plain],
  offset_increment: ['offset_increment', plain],
  size: ['size', plain],
  loops: ['loops', plain],
  verify: ['verify', plain],
  do_verify: ['do_verify', digit],
  verify_fatal: ['verify_fatal', digit],
  time_based: ['time_based', digit],
  runtime_ns: ['runtime', nanoseconds],
  startdelay_ns: ['startdelay', nanoseconds],
  norandommap: ['norandommap', digit],
  randseed: ['randseed', plain],
  stonewall: ['stonewall', digit],
}

function jobOptions(job: FioJob): string[] {
  const options = Object.entries(OPTIONS).flatMap(([field, [option, print]]) => {
    const value = job[field as keyof FioJob]
    return value === undefined ? [] : [`--${option}=${quoted((print as (value: unknown) => string)(value))}`]
  })
  return [`--name=${quoted(job.name ?? 'job')}`, ...options]
}
