/**
 * A panel beside what opened it: inside the window, closed by Esc or a press outside, and the focus goes back to where it
 * was. On a phone it is a sheet at the foot.
 */
import {
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
} from 'react'
import type { Spot } from './desk.ts'

export interface PopupProps {
  readonly spot: Spot
  readonly role: 'menu' | 'dialog'
  readonly label: string
  readonly className: string
  readonly onClose: () => void
  readonly onKeyDown?: (event: KeyboardEvent<HTMLElement>) => void
  readonly children: ReactNode
}

const AWAY_PX = 6

export function Popup(props: PopupProps): ReactElement {
  const { spot, role, label, className, onClose, onKeyDown, children } = props
  const root = useRef<HTMLDivElement>(null)
  const close = useRef(onClose)
  useEffect(() => {
    close.current = onClose
  })
  useFocusWithin(root)

  useLayoutEffect(() => {
    const element = root.current
    if (element === null) return undefined
    const place = (): void => placeBeside(element, spot)
    const observer = new ResizeObserver(place)
    observer.observe(element)
    addEventListener('resize', place)
    place()
    return () => {
      observer.disconnect()
      removeEventListener('resize', place)
    }
  }, [spot])

  useEffect(() => {
    const outside = (event: Event): void => {
      if (event.target instanceof Node && root.current?.contains(event.target) !== true) close.current()
    }
    document.addEventListener('pointerdown', outside, true)
    return () => document.removeEventListener('pointerdown', outside, true)
  }, [])

  return (
    <div
      ref={root}
      className={`popup ${className}`}
      role={role}
      aria-label={label}
      tabIndex={-1}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        onKeyDown?.(event)
        if (event.key === 'Escape' && !event.defaultPrevented) {
          event.preventDefault()
          onClose()
        }
        // The page's own keys are not meant while a panel is open, but for those of the browser.
        event.stopPropagation()
      }}
    >
      {children}
    </div>
  )
}

/** Below the spot, or above it where there is more room; never outside the window. */
function placeBeside(element: HTMLElement, spot: Spot): void {
  const { offsetWidth: width, offsetHeight: height } = element
  const below = innerHeight - spot.bottom - AWAY_PX
  const above = spot.top - AWAY_PX
  const top = height <= below || below >= above ? spot.bottom + AWAY_PX : spot.top - AWAY_PX - height
  const left = Math.min(spot.left, innerWidth - width - AWAY_PX)
  element.style.left = `${Math.max(AWAY_PX, left)}px`
  element.style.top = `${Math.max(AWAY_PX, Math.min(top, innerHeight - height - AWAY_PX))}px`
}

/** The focus goes in, to what asks for it or to the panel itself, and back out. */
function useFocusWithin(root: { readonly current: HTMLElement | null }): void {
  const [before] = useState(() => document.activeElement)
  useEffect(() => {
    const element = root.current
    if (element?.contains(document.activeElement) === false) element.focus({ preventScroll: true })
    return () => {
      const now = document.activeElement
      const lost = now === null || now === document.body || element?.contains(now) === true
      if (lost && before instanceof HTMLElement) before.focus()
    }
  }, [root, before])
}
