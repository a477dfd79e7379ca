/** The scenarios at hand, as a menu that arrow keys walk in. Loads after the first picture. */
import { useLayoutEffect, useRef, type KeyboardEvent, type ReactElement } from 'react'
import type { ScenarioChoice } from './ScenarioMenu.tsx'

export interface ScenarioListProps {
  readonly scenarios: readonly ScenarioChoice[]
  readonly current: string | undefined
  readonly onChoose: (name: string) => void
}

export default function ScenarioList({ scenarios, current, onChoose }: ScenarioListProps): ReactElement {
  const menu = useRef<HTMLDivElement>(null)

  // Before anybody sees the menu, so that the first key already walks in it; once, so that the walk is not undone.
  useLayoutEffect(() => {
    menu.current?.querySelector<HTMLElement>('[aria-checked=true], [role=menuitemradio]')?.focus()
  }, [])

  const walk = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    event.stopPropagation()
    const items = [...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitemradio]') ?? [])]
    const from = items.findIndex((item) => item === document.activeElement)
    const to = (from + (event.key === 'ArrowDown' ? 1 : -1) + items.length) % items.length
    items[to]?.focus()
  }
  return (
    <div ref={menu} className="menu" role="menu" aria-label="scenarios" onKeyDown={walk}>
      {scenarios.map((scenario) => (
        <button
          key={scenario.name}
          type="button"
          role="menuitemradio"
          aria-checked={scenario.name === current}
          onClick={() => onChoose(scenario.name)}
        >
          <b>{scenario.title}</b>
          <span>{scenario.about}</span>
        </button>
      ))}
    </div>
  )
}
