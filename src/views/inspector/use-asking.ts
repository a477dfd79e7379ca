/**
 * Clicks and keys that ask, anywhere on the page: a click or Enter on a box opens its inspector, `w` on what has the
 * focus, or a click on what carries a question, asks why. Listens to the document, so that boxes need not know of it.
 */
import { useEffect } from 'react'
import { thingFocused } from '../acting/thing-at.ts'
import type { Theater } from '../theater.ts'
import { asking, askWhy } from './asking.ts'
import { laneOf, thingAt, topicAt } from './topic-at.ts'

export function useAsking(theater: Theater): void {
  useEffect(() => {
    const click = (event: MouseEvent): void => {
      const { target, clientX, clientY } = event
      if (!(target instanceof Element)) return
      const question = target.closest<HTMLElement>('button[data-why], .score[data-why]')
      if (question !== null) {
        askWhy(question.dataset['why']!, laneOf(target))
        return
      }
      const element = target.closest<HTMLElement>('.lane[data-lane]')
      if (element === null || target.closest('.zoom, button') !== null) return
      const lane = Number(element.dataset['lane'])
      const show = theater.show(lane)
      const box = element.getBoundingClientRect()
      if (show === undefined || show.idAt(clientX - box.left, clientY - box.top) !== undefined) return
      const thing = thingAt(target, show)
      if (thing === undefined) asking.close()
      else later(() => asking.ask({ kind: 'thing', lane, thing }))
    }
    const key = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.defaultPrevented) return
      const focused = document.activeElement
      if (!(focused instanceof HTMLElement)) return
      if (event.key === 'Enter') openFocused(theater, focused)
      if (event.key !== 'w' || focused.closest('input, textarea, select') !== null) return
      const asked = topicAt(theater, focused)
      if (asked === undefined) return
      event.preventDefault()
      askWhy(asked.topic, asked.lane)
    }
    document.addEventListener('click', click)
    document.addEventListener('keydown', key, true)
    return () => {
      document.removeEventListener('click', click)
      document.removeEventListener('keydown', key, true)
    }
  }, [theater])
}

/** After the same click has told the selection that nothing is followed, which closes what was open. */
function later(open: () => void): void {
  setTimeout(open, 0)
}

function openFocused(theater: Theater, focused: HTMLElement): void {
  if (focused.dataset['queue'] === undefined) return
  const at = thingFocused(theater)
  if (at?.thing.kind === 'path') asking.ask({ kind: 'thing', lane: at.lane, thing: at.thing })
  else if (at?.thing.kind === 'map') asking.ask({ kind: 'thing', lane: at.lane, thing: { kind: 'map' } })
}
