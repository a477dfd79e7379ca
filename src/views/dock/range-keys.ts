/** Selecting time by keys: the playhead is one end, the other stays or is the end of the show. */
import type { DockStore } from '../../store/dock-store.ts'
import type { Session } from '../../store/session.ts'

export function rangeEnd({ player, selection }: Session, end: 'from' | 'to'): void {
  const { range, selectRange } = selection.getState()
  const now = Math.round(player.timeNs())
  if (end === 'from')
    selectRange({ fromNs: now, toNs: Math.max(now + 1, range?.toNs ?? player.map.endNs + 1) })
  // What happens at this nanosecond is in the range.
  else selectRange({ fromNs: Math.min(now, range?.fromNs ?? 0), toNs: now + 1 })
}

export function zoomToRange({ selection }: Session, dock: DockStore): void {
  const { range } = selection.getState()
  const { window, look } = dock.getState()
  look(window === undefined ? range : undefined)
}
