/**
 * Two ribbons through the gutter: "choose path" and "merge" of the left lane lead to the same band of the right lane, and
 * so they cross. Loads after the lanes are there. Measured from the bands on the page whenever the gutter changes its size.
 */
import { useLayoutEffect, useRef, useState, type ReactElement } from 'react'
import type { Theater } from '../theater.ts'

interface Ribbon {
  readonly kind: 'choose' | 'merge'
  readonly path: string
}

function same(a: readonly Ribbon[], b: readonly Ribbon[]): boolean {
  return a.length === b.length && a.every((ribbon, i) => ribbon.path === b[i]!.path)
}

export default function Ribbons({ theater }: { readonly theater: Theater }): ReactElement {
  const host = useRef<SVGSVGElement>(null)
  const [ribbons, setRibbons] = useState<readonly Ribbon[]>([])

  useLayoutEffect(() => {
    const svg = host.current
    const stage = svg?.closest('.stage')
    if (svg === null || stage === null || stage === undefined) return
    const measure = (): void => {
      const measured = measureRibbons(svg, stage)
      setRibbons((before) => (same(before, measured) ? before : measured))
    }
    const observer = new ResizeObserver(measure)
    observer.observe(svg)
    // Bands are there as soon as a lane is; the theater tells of both.
    const silence = theater.onArrivals(measure)
    return () => {
      observer.disconnect()
      silence()
    }
  }, [theater])

  return (
    <svg ref={host} className="ribbons" aria-hidden="true">
      {ribbons.map(({ kind, path }) => (
        <path key={kind} data-kind={kind} d={path} />
      ))}
    </svg>
  )
}

function measureRibbons(svg: SVGSVGElement, stage: Element): Ribbon[] {
  const [left, right] = stage.querySelectorAll('.lane')
  if (left === undefined || right === undefined) return []
  const origin = svg.getBoundingClientRect()
  const made: Ribbon[] = []
  for (const kind of ['choose', 'merge'] as const) {
    const fromBands = left.querySelectorAll(`.band[data-kind='${kind}']`)
    const from = fromBands[fromBands.length - 1]?.getBoundingClientRect()
    const to = right.querySelector(`.band[data-kind='${kind}']`)?.getBoundingClientRect()
    if (from === undefined || to === undefined) continue
    made.push({ kind, path: ribbon(from, to, origin) })
  }
  return made
}

function ribbon(from: DOMRect, to: DOMRect, origin: DOMRect): string {
  const x1 = from.right - origin.left
  const x2 = to.left - origin.left
  const bend = (x2 - x1) / 2
  const [a, b] = [from.top - origin.top, from.bottom - origin.top]
  const [c, d] = [to.top - origin.top, to.bottom - origin.top]
  return `M${x1} ${a}C${x1 + bend} ${a} ${x2 - bend} ${c} ${x2} ${c}V${d}C${x2 - bend} ${d} ${x1 + bend} ${b} ${x1} ${b}Z`
}
