/** A small "why?" beside what the pointer is on, or what has the focus, where that can be asked about. */
import { useEffect, useRef, type ReactElement } from 'react'
import type { Theater } from '../theater.ts'
import { asking, askWhy } from './asking.ts'
import { topicAt } from './topic-at.ts'

/** Between two moves of the pointer nothing is looked up more often. */
const EVERY_MS = 80

export function WhyChip({ theater }: { readonly theater: Theater }): ReactElement {
  const chip = useRef<HTMLButtonElement>(null)
  const asked = useRef({ topic: '', lane: 0 })
  useEffect(() => {
    let lastMs = -Infinity
    const hide = (): void => {
      if (chip.current !== null) chip.current.hidden = true
    }
    const show = (target: EventTarget | null): void => {
      const button = chip.current
      if (button === null || target === button) return
      const at = topicAt(theater, target)
      const usable = at !== undefined && !isAskedOtherwise(at.element)
      button.hidden = !usable
      if (!usable) return
      asked.current = at
      const box = at.element.getBoundingClientRect()
      // Across the edge, so that it covers little of what is asked about.
      button.style.left = `${Math.min(innerWidth, box.right) - button.offsetWidth * 0.75}px`
      button.style.top = `${Math.max(0, box.top - button.offsetHeight / 2)}px`
    }
    const over = (event: PointerEvent): void => {
      if (event.pointerType !== 'mouse' || event.timeStamp - lastMs < EVERY_MS) return
      lastMs = event.timeStamp
      // A tip says what the pointer is on: the chip would lie over it.
      const lane = event.target instanceof Element ? event.target.closest('.lane') : null
      if (lane === null || lane.querySelector('.tip:not([hidden])') === null) show(event.target)
      else hide()
    }
    const focus = (event: FocusEvent): void => show(event.target)
    document.addEventListener('pointermove', over, { passive: true })
    document.addEventListener('focusin', focus)
    // What it lay beside is elsewhere now.
    const settled = asking.subscribe(hide)
    addEventListener('resize', hide)
    document.addEventListener('scroll', hide, true)
    return () => {
      settled()
      removeEventListener('resize', hide)
      document.removeEventListener('scroll', hide, true)
      document.removeEventListener('pointermove', over)
      document.removeEventListener('focusin', focus)
    }
  }, [theater])
  return (
    <button
      ref={chip}
      type="button"
      className="why-chip"
      tabIndex={-1}
      hidden
      title="why? (w on what has the focus)"
      onClick={(event) => {
        event.stopPropagation()
        askWhy(asked.current.topic, asked.current.lane)
      }}
    >
      why?
    </button>
  )
}

/** In the inspector labels and marks ask by themselves; its list of events does not. */
function isAskedOtherwise(element: HTMLElement): boolean {
  if (element.closest('dialog') !== null) return true
  return element.closest('.inspector') !== null && element.closest('.own-events') === null
}
