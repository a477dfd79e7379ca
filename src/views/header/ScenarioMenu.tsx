/** The title of the scenario, which opens the menu of those at hand. */
import { useEffect, useLayoutEffect, useRef, type KeyboardEvent, type ReactElement } from 'react'

export interface ScenarioChoice {
  readonly name: string
  readonly title: string
  readonly about: string
}

export interface ScenarioMenuProps {
  readonly title: string
  readonly scenarios: readonly ScenarioChoice[]
  readonly current: string | undefined
  readonly open: boolean
  readonly onOpen: (open: boolean) => void
  readonly onChoose: (name: string) => void
}

export function ScenarioMenu({
  title,
  scenarios,
  current,
  open,
  onOpen,
  onChoose,
}: ScenarioMenuProps): ReactElement {
  const host = useRef<HTMLDivElement>(null)

  // Before anybody sees the menu, so that the first key already walks in it; once, so that the walk is not undone.
  useLayoutEffect(() => {
    if (open) host.current?.querySelector<HTMLElement>('[aria-checked=true], [role=menuitemradio]')?.focus()
  }, [open])

  useEffect(() => {
    if (!open) return
    const outside = (event: Event): void => {
      if (event.target instanceof Node && host.current?.contains(event.target) !== true) onOpen(false)
    }
    document.addEventListener('pointerdown', outside)
    return () => document.removeEventListener('pointerdown', outside)
  }, [open, onOpen])

  const walk = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    event.stopPropagation()
    const items = [...(host.current?.querySelectorAll<HTMLElement>('[role=menuitemradio]') ?? [])]
    const from = items.findIndex((item) => item === document.activeElement)
    const to = (from + (event.key === 'ArrowDown' ? 1 : -1) + items.length) % items.length
    items[to]?.focus()
  }
  const choose = (name: string): void => {
    onOpen(false)
    host.current?.querySelector<HTMLElement>('.scenario-title')?.focus()
    onChoose(name)
  }
  return (
    <div className="scenario-menu" ref={host}>
      <button
        type="button"
        className="scenario-title"
        aria-haspopup="menu"
        aria-expanded={open}
        title="scenarios (s)"
        onClick={() => onOpen(!open)}
      >
        <span>{title}</span>
        <svg viewBox="0 0 10 6" aria-hidden="true">
          <path d="M1 1l4 4 4-4" fill="none" stroke="currentColor" strokeWidth="1.6" />
        </svg>
      </button>
      {open ? (
        <div className="menu" role="menu" aria-label="scenarios" onKeyDown={walk}>
          {scenarios.map((scenario) => (
            <button
              key={scenario.name}
              type="button"
              role="menuitemradio"
              aria-checked={scenario.name === current}
              onClick={() => choose(scenario.name)}
            >
              <b>{scenario.title}</b>
              <span>{scenario.about}</span>
            </button>
          ))}
        </div>
      ) : null}
    </div>
  )
}
