/** A silence that the show shortens, said on the stage while it passes: how long, and what was waited for. */
import { useEffect, useRef, type ReactElement } from 'react'
import type { Control } from '../control.ts'
import { glide } from '../glide.ts'
import type { Theater } from '../theater.ts'
import { writeText } from '../write-text.ts'

export function JumpPlate({
  theater,
  control,
}: {
  readonly theater: Theater
  readonly control: Control
}): ReactElement {
  const plate = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = plate.current!
    const passed = glide(element.querySelector('i')!, 'scaleX(0)', 'scaleX(1)', 1)
    const stop = theater.onFrame(() => {
      const atMs = control.shownMs()
      const jump = control.map.jumpAt(atMs)
      const label = jump?.label ?? ''
      if (element.dataset['label'] !== label) {
        element.dataset['label'] = label
        const [span = '', cause = ''] = label.split(/ pass: /)
        writeText(element.querySelector('b')!, span === '' ? '' : `${span} pass`)
        writeText(element.querySelector('span')!, cause)
        element.hidden = jump === undefined
      }
      if (jump !== undefined) passed.put((atMs - jump.fromShownMs) / (jump.toShownMs - jump.fromShownMs))
    })
    return () => {
      stop()
      passed.end()
    }
  }, [theater, control])
  return (
    <div ref={plate} className="jump-plate" data-label="" hidden>
      <b />
      <span />
      <i />
    </div>
  )
}
