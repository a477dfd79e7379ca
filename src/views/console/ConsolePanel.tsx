/** The console in the dock: what was typed and answered, and a line to type in. */
import { useEffect, useMemo, useRef, useState, type ReactElement } from 'react'
import { useStore } from 'zustand'
import { worldOf } from '../../commands/index.ts'
import { momentText } from '../../stage/words.ts'
import type { Console, ConsoleEntry } from '../../store/console.ts'
import type { Session } from '../../store/session.ts'
import { laneLetter, type PanelProps } from '../dock/panel.ts'
import { PromptLine } from './PromptLine.tsx'
import './console.css'

export function ConsoleHead(): ReactElement {
  return (
    <div className="dock-head">
      <span className="dock-hint">
        asks one lane, acts in all, in a pinned one alone · <kbd>Tab</kbd> completes · <kbd>Ctrl L</kbd>{' '}
        clears · <kbd>Esc</kbd> leaves · help
      </span>
    </div>
  )
}

export function ConsoleBody({ session, lanes }: PanelProps): ReactElement {
  const console = useConsole(session)
  return console === undefined ? (
    <p className="dock-loading">opening</p>
  ) : (
    <OpenConsole console={console} session={session} lanes={lanes} />
  )
}

function useConsole(session: Session): Console | undefined {
  const [opened, setOpened] = useState<Console>()
  useEffect(() => {
    let wanted = true
    void session.doing.openConsole().then((found) => {
      if (wanted) setOpened(found)
    })
    return () => {
      wanted = false
    }
  }, [session])
  return opened
}

interface OpenConsoleProps {
  readonly console: Console
  readonly session: Session
  readonly lanes: readonly number[]
}

function OpenConsole({ console, session, lanes }: OpenConsoleProps): ReactElement {
  const { entries, history } = useStore(console.store)
  const [wished, setWished] = useState(0)
  const lane = lanes.includes(wished) ? wished : (lanes[0] ?? 0)
  const record = session.getRecord(lane)
  const found = record?.tables.devices?.length ?? 0
  const world = useMemo(
    () => (record === undefined || found < 0 ? undefined : worldOf(record.header, record.tables)),
    [record, found],
  )
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight })
  }, [entries])
  const waiting = entries.findLast(({ state }) => state === 'waiting')
  return (
    <div className="console">
      <div
        ref={list}
        className="console-list"
        role="log"
        aria-label="answers"
        tabIndex={0}
        aria-busy={waiting !== undefined}
      >
        {entries.length === 0 ? (
          <p className="console-first">
            Type a command as on the machine: <code>multipath -ll</code>, <code>dmsetup status</code>,{' '}
            <code>echo offline &gt; /sys/block/sda/device/state</code>, <code>link sda down</code>. A fio job
            file can be pasted.
          </p>
        ) : null}
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} onCancel={() => console.cancel(entry.id)} />
        ))}
      </div>
      <PromptLine
        lanes={lanes}
        lane={lane}
        onLane={setWished}
        world={world}
        history={history}
        onEnter={(text) => void session.doing.enter(text, lane)}
        onClear={() => console.clear()}
        onLeave={() => list.current?.focus()}
        onCancel={waiting === undefined ? undefined : () => console.cancel(waiting.id)}
      />
    </div>
  )
}

function Entry(props: { readonly entry: ConsoleEntry; readonly onCancel: () => void }): ReactElement {
  const { lane, atNs, typed, state, text } = props.entry
  const { value, unit } = momentText(atNs)
  return (
    <div className="console-entry" data-state={state}>
      <div className="console-typed">
        <span>
          {laneLetter(lane)} {value} {unit} $
        </span>{' '}
        <code>{typed}</code>
      </div>
      {state === 'waiting' ? (
        <button type="button" className="small-button" onClick={props.onCancel}>
          waiting for the answer: cancel <kbd>Ctrl C</kbd>
        </button>
      ) : null}
      {state === 'acted' ? <p>Done: this is a new branch; Ctrl Z undoes it.</p> : null}
      {state === 'cancelled' ? <p>Cancelled.</p> : null}
      {state === 'refused' ? <p>{text}</p> : null}
      {state === 'answered' ? <pre>{text === '' ? '(nothing)' : text}</pre> : null}
    </div>
  )
}
