/** What a panel of the dock is given, and what it is: a row of the table in tabs.ts. */
import type { ComponentType } from 'react'
import type { ObjectId } from '../../record/places.ts'
import type { RunRecord } from '../../record/run-record.ts'
import type { Mark } from '../../stage/marks.ts'
import type { DockStore } from '../../store/dock-store.ts'
import type { Session } from '../../store/session.ts'
import type { SelectionStore } from '../../store/selection-store.ts'
import type { Control } from '../control.ts'
import type { CanvasTheme } from '../stage/canvas-painter.ts'
import type { Theater } from '../theater.ts'
import type { SharedHover } from './shared-hover.ts'
import type { DockTabId } from './tab-ids.ts'

export interface PanelProps {
  readonly session: Session
  readonly control: Control
  readonly theater: Theater
  readonly theme: CanvasTheme
  readonly dock: DockStore
  readonly selection: SelectionStore
  /** Lanes that are shown. */
  readonly lanes: readonly number[]
  /** One per lane; undefined while nothing has arrived. */
  readonly records: readonly (RunRecord | undefined)[]
  readonly marks: readonly Mark[]
  /** The moment under the pointer, shared by all time axes. */
  readonly hover: SharedHover
  readonly onPick: (lane: number, id: ObjectId | undefined) => void
  readonly onGo: (lane: number, index: number) => void
}

export interface DockPanel {
  readonly id: DockTabId
  readonly title: string
  /** As long as nobody has dragged it to another. */
  readonly heightRem: number
  /** Beside the tabs: what the panel says of itself, and its switches. */
  readonly Head: ComponentType<PanelProps>
  readonly Body: ComponentType<PanelProps>
}

/** Letter of a lane. */
export function laneLetter(lane: number): string {
  return String.fromCharCode(65 + lane)
}
