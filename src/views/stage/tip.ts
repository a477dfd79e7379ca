/** The tip beside the pointer: what lies there, where it is in the kernel, what it waits for. Written without React. */
import type { LaneShow } from '../../stage/lane-show.ts'
import { telling } from '../telling.ts'

/** Beside the pointer, not under it. */
const AWAY_PX = 14

export function writeTip(
  element: HTMLElement,
  show: LaneShow,
  id: number | undefined,
  x: number,
  y: number,
  lane: DOMRect,
): void {
  const { picture, facts, record, timeNs } = show
  const story = id === undefined ? undefined : telling()?.thingStory({ picture, facts, record, timeNs }, id)
  element.hidden = story === undefined
  if (story === undefined) return
  const texts = [story.what, story.where, story.waitsFor]
  ;[...element.children].forEach((child, i) => {
    if (child.textContent !== texts[i]) child.textContent = texts[i] ?? ''
  })
  const leftwards = x > lane.width / 2
  const upwards = y > lane.height / 2
  element.style.left = leftwards ? '' : `${x + AWAY_PX}px`
  element.style.right = leftwards ? `${lane.width - x + AWAY_PX}px` : ''
  element.style.top = upwards ? '' : `${y + AWAY_PX}px`
  element.style.bottom = upwards ? `${lane.height - y + AWAY_PX}px` : ''
}
