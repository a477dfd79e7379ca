/**
 * The dock at the foot of the page: tabs, and a panel as high as somebody drags it. Never higher than leaves the stage a
 * strip, except maximised, when it covers the stage. On a phone it is a sheet that a tab opens and closes.
 */
import {
  Suspense,
  useEffect,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type ReactElement,
  type RefObject,
} from 'react'
import { useStore } from 'zustand'
import { MAX_HEIGHT_REM, MIN_HEIGHT_REM } from '../../store/dock-store.ts'
import { DockHandle } from './DockHandle.tsx'
import type { PanelProps } from './panel.ts'
import { SharedHover } from './shared-hover.ts'
import { DOCK_PANELS } from './tabs.ts'

export default function Dock(given: Omit<PanelProps, 'hover'>): ReactElement {
  const [hover] = useState(() => new SharedHover())
  const props: PanelProps = { ...given, hover }
  const { dock } = props
  const { tab, heightsRem, maximised, show, setHeight, maximise } = useStore(dock)
  const [open, setOpen] = useState(false)
  const panel = DOCK_PANELS.find(({ id }) => id === tab) ?? DOCK_PANELS[0]!
  const section = useRef<HTMLElement>(null)
  const body = useRef<HTMLDivElement>(null)
  useFocusWish(dock, body, setOpen)
  useTransportHeight(section)
  const heightRem = heightsRem[panel.id] ?? panel.heightRem
  const { Head, Body } = panel

  const choose = (id: string): void => {
    setOpen(!open || id !== tab)
    show(id)
  }
  const walk = (event: KeyboardEvent<HTMLDivElement>): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (by === undefined) return
    event.preventDefault()
    const next = (DOCK_PANELS.indexOf(panel) + by + DOCK_PANELS.length) % DOCK_PANELS.length
    show(DOCK_PANELS[next]!.id)
    event.currentTarget.querySelectorAll('button')[next]?.focus()
  }
  return (
    <section
      ref={section}
      className="dock"
      aria-label="dock"
      data-tab={panel.id}
      data-maximised={maximised}
      data-open={open}
      data-lanes={props.lanes.length}
      style={{ '--dock-height': `${heightRem}rem` } as CSSProperties}
    >
      <DockHandle
        heightRem={heightRem}
        onHeight={(rem) => {
          maximise(false)
          setHeight(panel.id, rem)
        }}
        min={MIN_HEIGHT_REM}
        max={MAX_HEIGHT_REM}
      />
      <div className="dock-bar">
        <div className="dock-tabs" role="tablist" aria-label="panels" onKeyDown={walk}>
          {DOCK_PANELS.map(({ id, title }) => (
            <button
              key={id}
              type="button"
              role="tab"
              id={`dock-tab-${id}`}
              aria-selected={id === panel.id}
              aria-controls="dock-panel"
              tabIndex={id === panel.id ? 0 : -1}
              onClick={() => choose(id)}
            >
              {title}
            </button>
          ))}
        </div>
        <Suspense fallback={null}>
          <Head {...props} />
        </Suspense>
        <button
          type="button"
          className="small-button dock-max"
          aria-pressed={maximised}
          title={maximised ? 'give the stage its room back (m)' : 'over the whole stage (m)'}
          onClick={() => maximise(!maximised)}
        >
          <Arrows out={!maximised} />
          <span className="visually-hidden">{maximised ? 'Restore dock' : 'Maximise dock'}</span>
        </button>
      </div>
      <div
        ref={body}
        id="dock-panel"
        className="dock-body"
        role="tabpanel"
        aria-labelledby={`dock-tab-${panel.id}`}
      >
        <Suspense fallback={<p className="dock-loading">opening</p>}>
          <Body {...props} />
        </Suspense>
      </div>
    </section>
  )
}

/** Two arrows apart or together. */
function Arrows({ out }: { readonly out: boolean }): ReactElement {
  const path = out ? 'M3 7 8 2l5 5M3 9l5 5 5-5' : 'M3 2l5 5 5-5M3 14l5-5 5 5'
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={path} fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
    </svg>
  )
}

/** The sheet of a phone stands on the transport, however many lines that has. */
function useTransportHeight(section: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const transport = section.current?.parentElement?.querySelector('.transport')
    if (transport === null || transport === undefined) return undefined
    const observer = new ResizeObserver(() => {
      section.current?.style.setProperty('--transport-height', `${transport.clientHeight}px`)
    })
    observer.observe(transport)
    return () => observer.disconnect()
  }, [section])
}

/** A key asked for the panel: it gets the focus as soon as it is there. */
function useFocusWish(
  dock: PanelProps['dock'],
  body: RefObject<HTMLDivElement | null>,
  setOpen: (open: boolean) => void,
): void {
  const wish = useStore(dock, (state) => state.wish)
  useEffect(() => {
    const { current } = body
    if (wish.count === 0 || current === null) return undefined
    setOpen(true)
    const find = (): boolean => {
      const target = current.querySelector<HTMLElement>(`[data-focus='${wish.on}']`)
      target?.focus()
      // What is inserted is hidden at first, and takes no focus then.
      return target !== null && document.activeElement === target
    }
    if (find()) return undefined
    const observer = new MutationObserver(() => {
      if (find()) observer.disconnect()
    })
    observer.observe(current, { childList: true, subtree: true, attributeFilter: ['style', 'hidden'] })
    return () => observer.disconnect()
  }, [wish, body, setOpen])
}
