/** What can be done with the draft as a whole: run, undo, share, keep as a file. */
import { useRef, useState, type ReactElement } from 'react'
import { useStore } from 'zustand'
import type { JsonText } from '../../lib/json-text.ts'
import { valueAt } from '../../scenario/edit/index.ts'
import type { Draft } from '../../store/draft.ts'
import { plainText } from './editing.ts'
import { copy, download } from './files.ts'
import { takeFile } from './take-in.ts'

export interface ToolsProps {
  readonly draft: Draft
  readonly read: JsonText
  readonly refused: boolean
  readonly linkTo: (text: string) => string | undefined
  readonly onRun: () => void
}

export function Tools({ draft, read, refused, linkTo, onRun }: ToolsProps): ReactElement {
  const { history, basis } = useStore(draft.store)
  const text = history.now
  const opener = useRef<HTMLInputElement>(null)
  const [link, setLink] = useState<string>()
  const share = async (): Promise<void> => {
    const address = linkTo(text)
    setLink(undefined)
    if (address === undefined) {
      draft.say('This scenario is too long for a link that survives mail and chat: download it instead.')
    } else if (await copy(address)) draft.say('The link is in the clipboard.')
    else {
      draft.say('The browser gives no clipboard here: copy the link below.')
      setLink(address)
    }
  }
  const name = read.ok ? plainText(valueAt(read.value, ['scenario'])) : ''
  return (
    <div className="editor-tools" role="group" aria-label="draft">
      <button
        type="button"
        className="small-button strong"
        onClick={onRun}
        data-refused={refused}
        title="Ctrl+Enter"
      >
        Run it
      </button>
      <button
        type="button"
        className="small-button"
        onClick={() => draft.undo()}
        disabled={history.past.length === 0}
        title="Ctrl+Z"
      >
        Undo
      </button>
      <button
        type="button"
        className="small-button"
        onClick={() => draft.redo()}
        disabled={history.future.length === 0}
        title="Ctrl+Shift+Z"
      >
        Redo
      </button>
      <button
        type="button"
        className="small-button"
        onClick={() => draft.reset()}
        disabled={text === basis.text}
        title={`back to ${basis.title} as it is shown`}
      >
        Reset
      </button>
      <span className="editor-gap" />
      <button type="button" className="small-button" onClick={() => void share()}>
        Copy link
      </button>
      <button type="button" className="small-button" onClick={() => download(text, name)}>
        Download
      </button>
      <button
        type="button"
        className="small-button"
        onClick={() => opener.current?.click()}
        title="a scenario, lines of dmsetup table, a fio job file; they can be dropped on the page, too"
      >
        Open file
      </button>
      <input
        ref={opener}
        type="file"
        hidden
        accept=".json,.fio,.ini,.txt,.table,application/json,text/plain"
        aria-label="open a file"
        onChange={(event) => {
          const chosen = event.target.files?.[0]
          event.target.value = ''
          if (chosen !== undefined) void takeFile(draft, chosen)
        }}
      />
      {link === undefined ? null : (
        <input
          className="editor-link"
          readOnly
          value={link}
          aria-label="link"
          onFocus={(event) => event.target.select()}
        />
      )}
    </div>
  )
}
