/** Writes words into an element without making a node: a node that is put in costs style and layout around it. */
export function writeText(element: Element, text: string): void {
  const node = element.firstChild
  const isAlone = node !== null && node === element.lastChild && node.nodeType === Node.TEXT_NODE
  if (isAlone && text !== '') {
    if (node.nodeValue !== text) node.nodeValue = text
  } else if (element.textContent !== text) element.textContent = text
}
