/** A modal dialog of the browser: it keeps the focus, closes on Esc, and gives the focus back. */
import { useId, useLayoutEffect, useRef, type ReactElement, type ReactNode } from 'react'

export interface DialogProps {
  readonly title: string
  readonly className?: string
  readonly onClose: () => void
  /** What bears `data-first` has the focus first. */
  readonly children: ReactNode
}

export function Dialog({ title, className = '', onClose, children }: DialogProps): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  // While it is still in the document: the browser gives the focus back when a dialog closes, not when it vanishes.
  useLayoutEffect(() => {
    const element = dialog.current
    if (element === null || element.open) return
    const before = document.activeElement
    element.showModal()
    element.querySelector<HTMLElement>('[data-first]')?.focus()
    return () => {
      element.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  return (
    <dialog ref={dialog} className={`dialog ${className}`.trim()} aria-labelledby={heading} onClose={onClose}>
      <header>
        <h2 id={heading}>{title}</h2>
        <button type="button" className="small-button" onClick={onClose}>
          Close <kbd>Esc</kbd>
        </button>
      </header>
      <div className="dialog-body" tabIndex={0} role="region" aria-labelledby={heading}>
        {children}
      </div>
    </dialog>
  )
}
