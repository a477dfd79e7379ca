/** A silence that the show shortens, said on the stage while it passes: how long, and what was waited for. */
import { useEffect, useRef, type ReactElement } from 'react'
import type { Control } from '../control.ts'
import type { Theater } from '../theater.ts'

export function JumpPlate({
  theater,
  control,
}: {
  readonly theater: Theater
  readonly control: Control
}): ReactElement {
  const plate = useRef<HTMLDivElement>(null)
  useEffect(
    () =>
      theater.onFrame(() => {
        const element = plate.current
        if (element === null) return
        const atMs = control.shownMs()
        const jump = control.map.jumpAt(atMs)
        const label = jump?.label ?? ''
        if (element.dataset['label'] !== label) {
          element.dataset['label'] = label
          const [span = '', cause = ''] = label.split(/ pass: /)
          element.querySelector('b')!.textContent = span === '' ? '' : `${span} pass`
          element.querySelector('span')!.textContent = cause
          element.hidden = jump === undefined
        }
        if (jump === undefined) return
        const share = (atMs - jump.fromShownMs) / (jump.toShownMs - jump.fromShownMs)
        element.style.setProperty('--passed', share.toFixed(3))
      }),
    [theater, control],
  )
  return (
    <div ref={plate} className="jump-plate" data-label="" hidden>
      <b />
      <span />
      <i />
    </div>
  )
}
