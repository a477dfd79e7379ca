/** The timers of devices that run at a moment, as a section of facts; none where none runs. */
import { TimerKind } from '../../../engine/log/index.ts'
import { durationText } from '../../../lib/duration.ts'
import { NOT_ARMED } from '../../../record/devices.ts'
import { TIMERS } from '../../sentences/codes.ts'
import type { FactContext, FactRow, FactSection } from './section.ts'

export function timerSection({ picture, timeNs }: FactContext, devs: readonly number[]): FactSection[] {
  const { devices } = picture
  const rows: FactRow[] = []
  for (const dev of new Set(devs.map((one) => devices.row(one))))
    for (const kind of Object.values(TimerKind)) {
      const due = devices.timerDueNs[kind * devices.rows + dev]!
      if (due === NOT_ARMED || due < timeNs) continue
      rows.push({
        label: TIMERS[kind] ?? 'a timer',
        value: `${durationText(due - timeNs, 3)} left`,
        why: `timer:${kind}`,
      })
    }
  return rows.length === 0 ? [] : [{ title: 'Timers', why: 'retry_timer', rows }]
}
