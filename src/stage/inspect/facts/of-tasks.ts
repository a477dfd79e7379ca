/** Facts of the tasks: what each does or sleeps for, how long already, when it wakes. The first two dozen. */
import { SleepReason, TimerKind } from '../../../engine/log/index.ts'
import { durationText } from '../../../lib/duration.ts'
import { NOT_ARMED } from '../../../record/devices.ts'
import { deviceName } from '../../names.ts'
import type { FactContext, FactRow, FactSection } from './section.ts'

const MOST_TASKS = 24

const SLEEPS: Readonly<Record<number, string>> = {
  [SleepReason.io_wait]: 'waits for its I/O',
  [SleepReason.tag]: 'waits for a free tag',
  [SleepReason.sleep]: 'sleeps for a while',
  [SleepReason.join]: 'waits for another task to end',
  [SleepReason.suspend]: 'waits for the suspend',
  [SleepReason.frozen]: 'waits for a frozen queue',
  [SleepReason.work]: 'has nothing to do',
}

export function taskFacts({ picture, record, timeNs }: FactContext): FactSection[] {
  const sections: FactSection[] = []
  record.tables.tasks.forEach(({ comm, pid, cpu }, at) => {
    const { sleep, sinceNs, dev, wakeDueNs } = picture.tasks.of(at)
    if (at >= picture.tasks.count && sleep === 0 && sections.length >= MOST_TASKS) return
    const rows: FactRow[] = [
      {
        label: 'now',
        value: sleep === 0 ? 'runs, or was not heard of' : (SLEEPS[sleep] ?? 'sleeps'),
        why: 'task',
      },
    ]
    if (sleep !== 0) rows.push({ label: 'for', value: durationText(Math.max(0, timeNs - sinceNs)) })
    if (sleep !== 0 && dev < picture.header.devices.length)
      rows.push({ label: 'on', value: deviceName(picture.header, dev) })
    if (wakeDueNs !== NOT_ARMED && wakeDueNs > timeNs)
      rows.push({
        label: 'wakes in',
        value: durationText(wakeDueNs - timeNs, 2),
        why: `timer:${TimerKind.sleep}`,
      })
    sections.push({ title: `${comm} · pid ${pid} · CPU ${cpu}`, rows })
  })
  return sections.slice(0, MOST_TASKS)
}
