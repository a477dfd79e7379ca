/** A text area with line numbers and marks under what is wrong. Only the lines that are seen are drawn, whatever is pasted. */
import {
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ClipboardEvent,
  type ReactElement,
} from 'react'
import { lineCount, offsetOf, placeMark, seenLines, type CodeMark } from './code-lines.ts'

/** Where the caret is to be; every new object is a new wish. */
export interface CaretWish {
  readonly line: number
  readonly column: number
}

export interface CodeAreaProps {
  readonly value: string
  readonly label: string
  readonly marks: readonly CodeMark[]
  /** Id of the element that words the marks. */
  readonly describedBy?: string
  readonly onChange: (value: string) => void
  readonly onPaste?: (event: ClipboardEvent<HTMLTextAreaElement>) => void
  readonly caret?: CaretWish | undefined
}

export function CodeArea(props: CodeAreaProps): ReactElement {
  const { value, label, marks, describedBy, onChange, onPaste, caret } = props
  const area = useRef<HTMLTextAreaElement>(null)
  const moving = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState<readonly [number, number]>([1, 60])
  const lines = useMemo(() => lineCount(value), [value])
  const placed = useMemo(() => marks.map((mark) => placeMark(value, mark)), [marks, value])

  const follow = (): void => {
    const element = area.current
    if (element === null || moving.current === null) return
    moving.current.style.transform = `translateY(${-element.scrollTop}px)`
    moving.current.style.setProperty('--across', `${-element.scrollLeft}px`)
    const linePx = parseFloat(getComputedStyle(element).lineHeight)
    const next = seenLines(element.scrollTop, element.clientHeight, linePx, lines)
    setSeen((before) => (before[0] === next[0] && before[1] === next[1] ? before : next))
  }
  useLayoutEffect(follow, [lines])

  useEffect(() => {
    const element = area.current
    if (element === null || caret === undefined) return
    const offset = offsetOf(element.value, caret.line, caret.column)
    element.focus()
    element.setSelectionRange(offset, offset)
    const linePx = parseFloat(getComputedStyle(element).lineHeight)
    element.scrollTop = Math.max(0, (caret.line - 4) * linePx)
  }, [caret])

  const [from, to] = seen
  const shownMarks = placed.filter(({ line }) => line >= from && line <= to)
  return (
    <div className="code" data-faulty={marks.length > 0}>
      <div className="code-moving" ref={moving} aria-hidden="true">
        {Array.from({ length: Math.max(0, Math.min(to, lines) - from + 1) }, (_, index) => (
          <span
            key={from + index}
            className="code-number"
            style={{ top: `calc(var(--code-line) * ${from + index - 1})` }}
          >
            {from + index}
          </span>
        ))}
        {shownMarks.map((mark, index) => (
          <span key={`${mark.line}:${mark.from}:${index}`}>
            <i className="code-fault-line" style={{ top: `calc(var(--code-line) * ${mark.line - 1})` }} />
            <i
              className="code-fault"
              style={{
                top: `calc(var(--code-line) * ${mark.line - 1})`,
                left: `calc(var(--code-left) + var(--across, 0px) + ${mark.from}ch)`,
                width: `${mark.width}ch`,
              }}
            />
          </span>
        ))}
      </div>
      <textarea
        ref={area}
        value={value}
        aria-label={label}
        aria-invalid={marks.length > 0}
        {...(describedBy === undefined ? {} : { 'aria-describedby': describedBy })}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        wrap="off"
        onChange={(event) => onChange(event.target.value)}
        onScroll={follow}
        {...(onPaste === undefined ? {} : { onPaste })}
      />
    </div>
  )
}
