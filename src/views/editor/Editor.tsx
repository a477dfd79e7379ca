/**
 * The scenario editor: a form and the text beside it, one document. The text is the truth; the form is read from it and
 * writes into it. Loaded when first opened.
 */
import {
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactElement,
} from 'react'
import { useStore } from 'zustand'
import type { JsonText } from '../../lib/json-text.ts'
import { galleryText, tooMuch } from '../../scenario/edit/index.ts'
import type { ScenarioSource } from '../../scenario/index.ts'
import type { Draft } from '../../store/draft.ts'
import { CodeArea, type CaretWish } from './CodeArea.tsx'
import { EditingContext } from './editing.ts'
import './editor.css'
import { Form } from './Form.tsx'
import { isTakenWhole, takeText } from './take-in.ts'
import { Tools } from './Tools.tsx'
import { useDocument } from './use-document.ts'
import { Verdict } from './Verdict.tsx'

export interface EditorProps {
  readonly draft: Draft
  /** The scenario that is shown, and its title. */
  readonly source: ScenarioSource
  readonly title: string
  readonly onRun: (text: string) => void
  /** The address of the page with this scenario; undefined where it is too long for one. */
  readonly linkTo: (text: string) => string | undefined
  readonly onClose: () => void
}

export default function Editor(props: EditorProps): ReactElement {
  const { draft, source, title, onRun, linkTo, onClose } = props
  const { history, notice, basis } = useStore(draft.store)
  const text = history.now
  const host = useRef<HTMLElement>(null)
  const [tab, setTab] = useState<'form' | 'text'>('form')
  const [caret, setCaret] = useState<CaretWish>()
  const goTo = useCallback((wish: CaretWish) => {
    setTab('text')
    setCaret({ ...wish })
  }, [])
  const { read, editing, problems, verdict } = useDocument(draft, goTo)

  useEffect(() => {
    const shown = source.kind === 'custom' ? source.text : galleryText(source.name)
    if (shown !== undefined && title !== '') draft.begin(shown, title)
  }, [draft, source, title])
  useEffect(() => {
    const before = document.activeElement
    host.current?.querySelector<HTMLElement>('h2')?.focus()
    const leave = (): void => draft.keep()
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      leave()
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [draft])

  const marks = useMemo(
    () => problems.map(({ line = 1, column = 1, what }) => ({ line, column, text: what })),
    [problems],
  )
  const run = (): void => {
    const [first] = problems
    if (first === undefined) onRun(text)
    else goTo({ line: first.line ?? 1, column: first.column ?? 1 })
  }
  const type = (typed: string): void => {
    const much = tooMuch(typed.length)
    if (much === undefined) draft.edit(typed, 'text')
    else draft.say(much)
  }
  const paste = (event: ClipboardEvent): void => {
    const pasted = event.clipboardData.getData('text')
    if (!isTakenWhole(pasted)) return
    event.preventDefault()
    takeText(draft, pasted)
  }
  const press = (event: KeyboardEvent): void => {
    const command = event.ctrlKey || event.metaKey
    const key = event.key.toLowerCase()
    if (event.key === 'Escape') onClose()
    else if (command && event.key === 'Enter') run()
    else if (command && (key === 'y' || (key === 'z' && event.shiftKey))) draft.redo()
    else if (command && key === 'z') draft.undo()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <aside ref={host} className="editor" aria-label="scenario editor" data-tab={tab} onKeyDown={press}>
      <header className="editor-head">
        <h2 tabIndex={-1}>
          Edit <span title={basis.title}>{basis.title}</span>
          {text === basis.text ? null : <small> · changed</small>}
        </h2>
        <button type="button" className="small-button" onClick={onClose}>
          Close <kbd>Esc</kbd>
        </button>
      </header>
      <Tools draft={draft} read={read} refused={problems.length > 0} linkTo={linkTo} onRun={run} />
      <div className="editor-said" role="status">
        {notice === undefined ? null : (
          <p>
            {notice.sentence}{' '}
            <button
              type="button"
              className="small-button"
              onClick={() => (notice.isOther ? draft.reset() : draft.say(''))}
            >
              {notice.isOther ? 'Edit what is shown instead' : 'Dismiss'}
            </button>
          </p>
        )}
      </div>
      <div className="editor-tabs" role="tablist" aria-label="form or text">
        {(['form', 'text'] as const).map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            aria-selected={tab === name}
            onClick={() => setTab(name)}
          >
            {name === 'form' ? 'Form' : 'JSON'}
          </button>
        ))}
      </div>
      <div className="editor-form" data-shown={tab === 'form'} tabIndex={0} role="region" aria-label="form">
        {editing === undefined ? (
          <Waiting onGo={goTo} read={read} />
        ) : (
          <EditingContext value={editing}>
            <Form />
          </EditingContext>
        )}
      </div>
      <div className="editor-text" data-shown={tab === 'text'}>
        <CodeArea
          value={text}
          label="scenario as JSON"
          marks={marks}
          describedBy="editor-verdict"
          onChange={type}
          onPaste={paste}
          caret={caret}
        />
        <Verdict id="editor-verdict" verdict={verdict} onGo={goTo} />
      </div>
    </aside>
  )
}

interface WaitingProps {
  readonly read: JsonText
  readonly onGo: (wish: CaretWish) => void
}

/** The form has nothing to show while the text is no JSON. */
function Waiting({ read, onGo }: WaitingProps): ReactElement {
  if (read.ok) return <p />
  const { line, column, what } = read
  return (
    <div className="editor-waiting">
      <p>
        The form waits: the text is not JSON at line {line}, column {column}. There {what}.
      </p>
      <button type="button" className="small-button" onClick={() => onGo({ line, column })}>
        Show the place
      </button>
    </div>
  )
}
