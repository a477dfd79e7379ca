/** Right click, long press, and `m` on what has the focus open the menu of a thing. */
import { useEffect } from 'react'
import type { Theater } from '../theater.ts'
import type { Desk } from './desk.ts'
import { thingFocused, thingUnder } from './thing-at.ts'

const LONG_PRESS_MS = 500
/** A finger is never quite still. */
const STILL_PX = 10

export function useGestures(theater: Theater, desk: Desk): void {
  useEffect(() => {
    let press: { x: number; y: number; timer: number } | undefined
    const openAt = (target: EventTarget | null, x: number, y: number): boolean => {
      const at = thingUnder(theater, target, x, y)
      if (at !== undefined) desk.open({ open: 'menu', ...at })
      return at !== undefined
    }
    const endPress = (): void => {
      if (press !== undefined) clearTimeout(press.timer)
      press = undefined
    }
    const context = (event: MouseEvent): void => {
      endPress()
      const isOpen = desk.wish()?.open === 'menu'
      // A key brings this event, too: the menu that the key has opened stays.
      if ((isOpen && event.button !== 2) || openAt(event.target, event.clientX, event.clientY))
        event.preventDefault()
    }
    const down = (event: PointerEvent): void => {
      endPress()
      if (event.pointerType !== 'touch' || !event.isPrimary) return
      const { target, clientX: x, clientY: y } = event
      press = { x, y, timer: window.setTimeout(() => openAfterPress(target, x, y), LONG_PRESS_MS) }
    }
    const openAfterPress = (target: EventTarget | null, x: number, y: number): void => {
      press = undefined
      if (openAt(target, x, y)) swallowNextClick()
    }
    const move = ({ clientX, clientY }: PointerEvent): void => {
      if (press !== undefined && Math.hypot(clientX - press.x, clientY - press.y) > STILL_PX) endPress()
    }
    const key = (event: KeyboardEvent): void => {
      if (event.key !== 'm' || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented)
        return
      const at = thingFocused(theater)
      if (at === undefined) return
      event.preventDefault()
      desk.open({ open: 'menu', ...at })
    }
    document.addEventListener('contextmenu', context)
    document.addEventListener('pointerdown', down)
    document.addEventListener('pointermove', move)
    document.addEventListener('pointerup', endPress)
    document.addEventListener('pointercancel', endPress)
    document.addEventListener('keydown', key, true)
    return () => {
      endPress()
      document.removeEventListener('contextmenu', context)
      document.removeEventListener('pointerdown', down)
      document.removeEventListener('pointermove', move)
      document.removeEventListener('pointerup', endPress)
      document.removeEventListener('pointercancel', endPress)
      document.removeEventListener('keydown', key, true)
    }
  }, [theater, desk])
}

/** The finger that opened a menu also ends as a click, which must choose nothing. */
function swallowNextClick(): void {
  const swallow = (event: Event): void => {
    event.preventDefault()
    event.stopPropagation()
  }
  document.addEventListener('click', swallow, { capture: true, once: true })
  document.addEventListener(
    'pointerdown',
    () => document.removeEventListener('click', swallow, { capture: true }),
    { capture: true, once: true },
  )
}
