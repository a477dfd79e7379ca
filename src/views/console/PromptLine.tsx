/** The line to type in: history by the arrows, words by Tab, several lines where a file was pasted. */
import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactElement } from 'react'
import type { Completion, World } from '../../commands/index.ts'
import { laneLetter } from '../dock/panel.ts'
import { completed, withWord } from './completing.ts'

export interface PromptLineProps {
  readonly lanes: readonly number[]
  readonly lane: number
  readonly onLane: (lane: number) => void
  readonly world: World | undefined
  /** The newest last. */
  readonly history: readonly string[]
  readonly onEnter: (text: string) => void
  readonly onClear: () => void
  /** To what was answered, where the page's own keys work again. */
  readonly onLeave: () => void
  /** Undefined while nothing is waited for. */
  readonly onCancel: (() => void) | undefined
}

interface Offer {
  readonly completion: Completion
  readonly chosen: number
}

const MOST_ROWS = 8

export function PromptLine(props: PromptLineProps): ReactElement {
  const { lanes, lane, onLane, world, history, onEnter, onClear, onLeave, onCancel } = props
  const [text, setText] = useState('')
  const [offer, setOffer] = useState<Offer>()
  /** How many lines back in the history; 0 is the line that is being written. */
  const [back, setBack] = useState(0)
  const cursor = useRef<number>(undefined)
  const field = useRef<HTMLTextAreaElement>(null)
  const listId = useId()
  useLayoutEffect(() => {
    if (cursor.current === undefined) return
    field.current?.setSelectionRange(cursor.current, cursor.current)
    cursor.current = undefined
  })

  const write = (next: string, at: number = next.length): void => {
    setText(next)
    cursor.current = at
  }
  const take = ({ completion }: Offer, at: number): void => {
    const word = completion.words[at]
    if (word === undefined) return
    const next = withWord(text, completion, word.text)
    write(next.text, next.cursor)
    setOffer(undefined)
  }
  const tab = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.shiftKey || text.trim() === '') return
    event.preventDefault()
    if (offer !== undefined) {
      setOffer({ ...offer, chosen: (offer.chosen + 1) % offer.completion.words.length })
      return
    }
    const next = completed(text, event.currentTarget.selectionStart, world)
    write(next.text, next.cursor)
    setOffer(next.offered === undefined ? undefined : { completion: next.offered, chosen: -1 })
  }
  const recall = (by: 1 | -1): void => {
    const to = Math.max(0, Math.min(history.length, back + by))
    setBack(to)
    write(to === 0 ? '' : (history[history.length - to] ?? ''))
  }
  const arrow = (event: KeyboardEvent<HTMLTextAreaElement>, by: 1 | -1): void => {
    if (offer !== undefined) {
      const { length } = offer.completion.words
      setOffer({ ...offer, chosen: (Math.max(offer.chosen, by === 1 ? 0 : -1) - by + length) % length })
    } else if (!text.includes('\n') || back > 0) recall(by)
    else return
    event.preventDefault()
  }
  const enter = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    if (offer !== undefined && offer.chosen >= 0) take(offer, offer.chosen)
    else if (text.trim() !== '') {
      onEnter(text.replace(/\s+$/, ''))
      setText('')
      setBack(0)
      setOffer(undefined)
    }
  }
  const control = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    const { selectionStart, selectionEnd } = event.currentTarget
    const key = event.key.toLowerCase()
    if (key === 'l') onClear()
    else if (key === 'c' && selectionStart === selectionEnd) {
      if (onCancel === undefined) setText('')
      else onCancel()
    } else return
    event.preventDefault()
  }
  const keys = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.ctrlKey && !event.altKey) control(event)
    else if (event.key === 'Tab') tab(event)
    else if (event.key === 'ArrowUp') arrow(event, 1)
    else if (event.key === 'ArrowDown') arrow(event, -1)
    else if (event.key === 'Enter') enter(event)
    else if (event.key === 'Escape') {
      event.preventDefault()
      if (offer === undefined) onLeave()
      else setOffer(undefined)
    } else return
    event.stopPropagation()
  }
  const words = offer?.completion.words ?? []
  return (
    <div className="console-prompt">
      {offer === undefined ? null : (
        <ul id={listId} role="listbox" aria-label="what may stand here" className="console-words">
          {words.map((word, at) => (
            <li
              key={word.text}
              id={`${listId}-${at}`}
              role="option"
              aria-selected={at === offer.chosen}
              ref={(item) => {
                if (at === offer.chosen) item?.scrollIntoView({ block: 'nearest' })
              }}
              onPointerDown={(event) => {
                event.preventDefault()
                take(offer, at)
              }}
            >
              <code>{word.text}</code>
              {word.about === undefined ? null : <small>{word.about}</small>}
            </li>
          ))}
        </ul>
      )}
      <select
        aria-label="lane that is asked"
        value={lane}
        onChange={(event) => onLane(Number(event.target.value))}
      >
        {lanes.map((one) => (
          <option key={one} value={one}>
            lane {laneLetter(one)}
          </option>
        ))}
      </select>
      <span aria-hidden="true">$</span>
      <textarea
        ref={field}
        data-focus="panel"
        aria-label="command"
        aria-autocomplete="list"
        aria-controls={offer === undefined ? undefined : listId}
        aria-activedescendant={
          offer === undefined || offer.chosen < 0 ? undefined : `${listId}-${offer.chosen}`
        }
        rows={Math.min(MOST_ROWS, text.split('\n').length)}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        value={text}
        placeholder="a command, or help"
        onChange={(event) => {
          setText(event.target.value)
          setBack(0)
          setOffer(undefined)
        }}
        onKeyDown={keys}
        onBlur={() => setOffer(undefined)}
      />
      {text.includes('\n') ? <small>Enter runs it, Shift Enter a new line</small> : null}
    </div>
  )
}
