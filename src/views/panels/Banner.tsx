/** Something could not be used as it was: one sentence that says what, where and what to do, never a blank page. */
import type { ReactElement } from 'react'

export interface BannerProps {
  readonly text: string
  readonly tone: 'notice' | 'problem'
  readonly onClose?: () => void
}

export function Banner({ text, tone, onClose }: BannerProps): ReactElement {
  return (
    <div className="banner" data-tone={tone} role={tone === 'problem' ? 'alert' : 'status'}>
      <span>{text}</span>
      {onClose === undefined ? null : (
        <button type="button" className="small-button" onClick={onClose}>
          Dismiss
        </button>
      )}
    </div>
  )
}
