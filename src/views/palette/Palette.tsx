/** Finds and does anything by typing some letters of it. Loaded when first opened. */
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type ReactElement } from 'react'
import { useStore } from 'zustand'
import type { SafeStorage } from '../../lib/safe-storage.ts'
import { Dialog } from '../panels/Dialog.tsx'
import type { CommandTable } from './command-table.ts'
import { findCommands, keptRecent, used, type Found } from './found.ts'
import { pageCommands, type PageHands } from './page-commands.ts'
import './palette.css'

export interface PaletteProps extends PageHands {
  readonly table: CommandTable
  readonly storage: SafeStorage
  readonly onClose: () => void
}

const KEY = 'bioscope.palette'

export default function Palette(props: PaletteProps): ReactElement {
  const { table, storage, session, act, setOnly, onClose } = props
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState(0)
  const [recent] = useState(() => keptRecent(storage.read(KEY)))
  // The scenarios of the gallery may come after the palette.
  const gallery = useStore(session.scenario, (state) => state.gallery)
  const all = useMemo(
    () => [...pageCommands({ session, act, setOnly, gallery }), ...table.all()],
    [session, act, setOnly, gallery, table],
  )
  const found = useMemo(() => findCommands(all, query, recent), [all, query, recent])
  const list = useRef<HTMLUListElement>(null)
  const id = useId()

  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [chosen, found])

  const run = (one: Found | undefined): void => {
    if (one === undefined) return
    storage.write(KEY, JSON.stringify(used(recent, one.command.id)))
    onClose()
    // After the dialog has given the focus back: what is done may move it.
    setTimeout(one.command.run)
  }
  const press = (event: KeyboardEvent): void => {
    const steps: Readonly<Partial<Record<string, number>>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: 8,
      PageUp: -8,
    }
    const step = steps[event.key]
    if (event.key === 'Enter') run(found[chosen])
    else if (step !== undefined && found.length > 0) {
      const next = chosen + step
      const isSmall = Math.abs(step) === 1
      setChosen(
        isSmall ? (next + found.length) % found.length : Math.max(0, Math.min(found.length - 1, next)),
      )
    } else return
    event.preventDefault()
  }
  return (
    <Dialog title="Do or find" className="palette" onClose={onClose}>
      <input
        data-first
        className="palette-input"
        type="text"
        role="combobox"
        aria-label="find a command, a scenario, a theme"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={found.length === 0 ? undefined : `${id}-${chosen}`}
        aria-autocomplete="list"
        placeholder="a command, a scenario, a theme…"
        spellCheck={false}
        autoComplete="off"
        value={query}
        onChange={(event) => {
          setQuery(event.target.value)
          setChosen(0)
        }}
        onKeyDown={press}
      />
      <ul ref={list} id={`${id}-list`} className="palette-list" role="listbox" aria-label="what fits">
        {found.map((one, index) => (
          <li
            key={one.command.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === chosen}
            onClick={() => run(one)}
            onPointerMove={() => setChosen(index)}
          >
            <span className="palette-title">
              <Marked text={one.command.title} at={one.at} />
              {one.command.about === undefined ? null : <small>{one.command.about}</small>}
            </span>
            <small>{one.recent && query === '' ? `recent · ${one.command.group}` : one.command.group}</small>
            {one.command.caps === undefined ? <span /> : <kbd>{one.command.caps}</kbd>}
          </li>
        ))}
      </ul>
      <p className="palette-none" role="status">
        {found.length === 0 ? 'Nothing fits. Fewer letters find more.' : ''}
      </p>
    </Dialog>
  )
}

/** The text with the letters that matched in bold. */
function Marked({ text, at }: { readonly text: string; readonly at: readonly number[] }): ReactElement {
  const hits = new Set(at)
  const parts: { readonly hit: boolean; readonly text: string; readonly from: number }[] = []
  Array.from({ length: text.length }, (_, index) => index).forEach((index) => {
    const hit = hits.has(index)
    const last = parts.at(-1)
    if (last?.hit === hit) parts[parts.length - 1] = { ...last, text: last.text + text[index]! }
    else parts.push({ hit, text: text[index]!, from: index })
  })
  return <span>{parts.map((part) => (part.hit ? <mark key={part.from}>{part.text}</mark> : part.text))}</span>
}
