/**
 * Somebody opens a field by a key and types on at once, while its panel is still loading. What is typed meanwhile is meant for
 * the field: it is kept from the keys of the page and written there as soon as the field has the focus.
 *
 * Simplified: only letters are kept; Enter and the arrows do nothing until then. Esc and a press of the pointer end the wait.
 */

type Field = HTMLInputElement | HTMLTextAreaElement

/** A panel that does not come must not leave the page without keys. */
const PATIENCE_MS = 5000

let endWait: (() => void) | undefined

/** @param selector Of the field that will get the focus. */
export function typeAhead(selector: string): void {
  endWait?.()
  let typed = ''
  const wait = new AbortController()
  const end = (): void => wait.abort()
  const hold = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Escape') {
      end()
      return
    }
    event.preventDefault()
    event.stopImmediatePropagation()
    if (event.key.length === 1) typed += event.key
    else if (event.key === 'Backspace') typed = typed.slice(0, -1)
  }
  const arrive = ({ target }: Event): void => {
    if (!isField(target) || !target.matches(selector)) return
    end()
    if (typed !== '') writeInto(target, target.value + typed)
  }
  const { signal } = wait
  const timer = setTimeout(end, PATIENCE_MS)
  signal.addEventListener('abort', () => clearTimeout(timer))
  document.addEventListener('keydown', hold, { capture: true, signal })
  document.addEventListener('focusin', arrive, { signal })
  document.addEventListener('pointerdown', end, { signal })
  endWait = end
  // It was open and has the focus already, or gets it in this very turn.
  if (document.activeElement?.matches(selector) === true) end()
}

function isField(target: EventTarget | null): target is Field {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
}

/** As if it had been typed: React hears of a value only by the setter of the prototype and an event. */
function writeInto(field: Field, text: string): void {
  const prototype =
    field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, text)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
