/** Where the lanes part: the first event at which they do not do the same, and the way there. */
import { useEffect, useMemo, useRef, type ReactElement } from 'react'
import { durationText } from '../../lib/duration.ts'
import type { Control } from '../control.ts'
import type { Theater } from '../theater.ts'
import { write, writeText } from '../write-text.ts'
import { partingOf } from './parting-of.ts'

export default function PartingButton(props: {
  readonly theater: Theater
  readonly control: Control
  readonly lanes: readonly number[]
}): ReactElement | null {
  const { theater, control, lanes } = props
  const button = useRef<HTMLButtonElement>(null)
  const first = lanes[0] ?? 0
  const second = lanes[1] ?? 0
  const seek = useMemo(() => partingOf(theater, first, second), [theater, first, second])
  useEffect(() => {
    const tell = (): void => {
      const ns = seek()
      const element = button.current
      if (element === null) return
      write(element, () => {
        element.hidden = ns === undefined
        const at = ns === undefined ? '' : durationText(ns, 4)
        const past = ns !== undefined && control.timeNs() >= ns
        if (element.dataset['past'] !== String(past)) element.dataset['past'] = String(past)
        const text = at === '' ? '' : `lanes part at ${at}`
        writeText(element, text)
      })
    }
    const silences = [theater.onArrivals(tell), theater.onWords(tell)]
    return () => {
      for (const silence of silences) silence()
    }
  }, [theater, control, seek])
  if (lanes.length < 2) return null
  return (
    <button
      ref={button}
      type="button"
      className="parting"
      hidden
      title="to the first event at which lanes A and B do not do the same (d)"
      onClick={() => {
        const ns = seek()
        if (ns !== undefined) control.seekNs(ns)
      }}
    />
  )
}
