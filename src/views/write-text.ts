/**
 * The pen of the page. What is written while it is held lands together when it is let go: a frame that changes one word
 * costs the page nearly as much style, layout and paint as one that changes all of them.
 */
const waiting = new Map<object, () => void>()
let held = false

/** Writes now, or when the pen lands. Of several that wait for one thing the last lands; what is written now is not undone. */
export function write(to: object, put: () => void): void {
  if (held) {
    waiting.set(to, put)
    return
  }
  waiting.delete(to)
  put()
}

/** What `speak` writes waits. */
export function holding(speak: () => void): void {
  held = true
  try {
    speak()
  } finally {
    held = false
  }
}

/** Everything that waits is written. */
export function land(): void {
  for (const put of waiting.values()) put()
  waiting.clear()
}

/** Writes words into an element without making a node: a node that is put in costs style and layout around it. */
export function writeText(element: Element, text: string): void {
  write(element, () => putText(element, text))
}

function putText(element: Element, text: string): void {
  const node = element.firstChild
  const isAlone = node !== null && node === element.lastChild && node.nodeType === Node.TEXT_NODE
  if (isAlone) {
    if (node.nodeValue !== text) node.nodeValue = text
  } else if (element.textContent !== text) element.textContent = text
}
