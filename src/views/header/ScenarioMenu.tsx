/** The title of the scenario, which opens the menu of those at hand. */
import { lazy, Suspense, useEffect, useRef, type ReactElement } from 'react'

const loadList = (): Promise<typeof import('./ScenarioList.tsx')> => import('./ScenarioList.tsx')
const ScenarioList = lazy(loadList)

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

  // It is there before it is asked for.
  useEffect(() => void loadList(), [])

  useEffect(() => {
    if (!open) return
    const outside = (event: Event): void => {
      if (event.target instanceof Node && host.current?.contains(event.target) !== true) onOpen(false)
    }
    document.addEventListener('pointerdown', outside)
    return () => document.removeEventListener('pointerdown', outside)
  }, [open, onOpen])

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
        <Suspense>
          <ScenarioList scenarios={scenarios} current={current} onChoose={choose} />
        </Suspense>
      ) : null}
    </div>
  )
}
