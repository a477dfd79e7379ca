/** The timeline: I/Os of each lane under their lane, or devices, tasks, CPUs of all lanes on one axis; beside it the range. */
import { lazy, Suspense, type KeyboardEvent, type ReactElement } from 'react'
import { useStore } from 'zustand'
import { panned, shownPart, zoomed } from '../../stage/timeline/view.ts'
import type { PanelProps } from '../dock/panel.ts'
import { TimelineLane } from './TimelineLane.tsx'

const StackedRows = lazy(() => import('./StackedRows.tsx'))
const Minimap = lazy(() => import('./Minimap.tsx'))
const RangePanel = lazy(() => import('./RangePanel.tsx'))

/** One press of an arrow moves the part by so much of itself. */
const PAN_SHARE = 0.15

export function TimelineBody(props: PanelProps): ReactElement {
  const { control, dock, selection, lanes } = props
  const { rows, window, look } = useStore(dock)
  const range = useStore(selection, (state) => state.range)
  const press = (event: KeyboardEvent): void => {
    const { map } = control
    const { fromMs, toMs } = shownPart(map, window)
    const now = control.shownMs()
    const around = now >= fromMs && now <= toMs ? now : (fromMs + toMs) / 2
    const by = (toMs - fromMs) * PAN_SHARE
    const keys: Readonly<Record<string, () => void>> = {
      '+': () => look(zoomed(map, window, around, 1 / 1.5)),
      '=': () => look(zoomed(map, window, around, 1 / 1.5)),
      '-': () => look(zoomed(map, window, around, 1.5)),
      '0': () => look(undefined),
      ...(window === undefined
        ? {}
        : {
            ArrowLeft: () => look(panned(map, window, -by)),
            ArrowRight: () => look(panned(map, window, by)),
          }),
    }
    const act = keys[event.key]
    if (act === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    if (event.target instanceof Element && event.target.closest('.range-panel, .minimap') !== null) return
    event.preventDefault()
    act()
  }
  return (
    <div className="timeline">
      <div
        className="timeline-main"
        role="group"
        aria-label="timeline; plus and minus zoom, 0 shows all, arrows move along"
        tabIndex={0}
        data-focus="panel"
        onKeyDown={press}
      >
        {rows === 'ios' ? (
          <div className="timeline-rows">
            {lanes.map((lane) => (
              <TimelineLane key={lane} {...props} lane={lane} />
            ))}
          </div>
        ) : (
          <Suspense fallback={<p className="dock-loading">reading rows</p>}>
            <StackedRows {...props} kind={rows} />
          </Suspense>
        )}
        {window === undefined ? null : (
          <Suspense fallback={null}>
            <Minimap {...props} />
          </Suspense>
        )}
      </div>
      {range === undefined ? null : (
        <Suspense fallback={null}>
          <RangePanel {...props} range={range} />
        </Suspense>
      )}
    </div>
  )
}
