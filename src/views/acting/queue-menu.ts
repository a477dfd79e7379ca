/** What can be written to the queue of a device. */
import type { DeviceInfo } from '../../engine/log/index.ts'
import type { DeviceNow } from './device-now.ts'
import type { Entry, Form } from './menu.ts'

const MQ_SCHEDULERS = ['none', 'mq-deadline', 'kyber', 'bfq']
const LEGACY_SCHEDULERS = ['noop', 'deadline', 'cfq']
const ABOUT: Readonly<Record<string, string>> = {
  none: 'no order of its own',
  'mq-deadline': 'by sector, unless one waits too long',
  kyber: 'by how long reads and writes take',
  bfq: 'a share of the disk for each task',
  noop: 'first come, first served, with merging',
  deadline: 'by sector, unless one waits too long',
  cfq: 'a slice of time for each task',
}

/** @param kernel Blk-mq alone since 5.0: a queue of `.request_fn` has other schedulers. */
export function queueEntries(info: DeviceInfo, now: DeviceNow, kernel: string): Entry[] {
  const file = (attribute: string): string => `/sys/block/${info.name}/queue/${attribute}`
  const scheduler = now.attribute('scheduler')
  const none = scheduler === undefined ? { why: 'bio-based: it has no queue of its own' } : {}
  const number = (attribute: string, min: number, max: number, about: string): Entry => {
    const value = now.attribute(attribute) ?? String(min)
    const form: Form = {
      title: `${attribute} of ${info.name}`,
      about,
      fields: [{ name: 'value', label: attribute, value, takes: { min, max } }],
      steps: (values) => [{ sysfs: file(attribute), value: Number(values['value']) }],
    }
    return { label: attribute, about: `${about}; now ${value}`, form }
  }
  return [
    {
      label: 'Scheduler',
      about: `now ${scheduler ?? 'none'}`,
      page: {
        title: `scheduler of ${info.name}`,
        about: `Linux ${kernel}`,
        sections: [
          namesFor(scheduler).map((name) => ({
            label: `${name}: ${ABOUT[name] ?? ''}`,
            steps: [{ sysfs: file('scheduler'), value: name }],
            checked: name === scheduler,
          })),
        ],
      },
      ...none,
    },
    { ...number('nr_requests', 4, 65_536, 'requests that the queue can hold'), ...none },
    number('max_sectors_kb', 4, 1_048_576, 'the largest command, in KiB'),
    { ...number('nomerges', 0, 2, '0 merges, 2 does not'), ...none },
  ]
}

function namesFor(scheduler: string | undefined): readonly string[] {
  return LEGACY_SCHEDULERS.includes(scheduler ?? '') ? LEGACY_SCHEDULERS : MQ_SCHEDULERS
}
