/** Writes the words of a lane that follow time into its topology: only those that changed, without React. */
import type { LiveTexts } from '../../stage/live.ts'
import { write, writeText } from '../write-text.ts'

export class LiveLabels {
  private readonly byName = new Map<string, Element[]>()
  private readonly written = new Map<string, string>()

  constructor(root: Element) {
    for (const element of root.querySelectorAll('[data-live]')) {
      const name = element.getAttribute('data-live') ?? ''
      const list = this.byName.get(name) ?? []
      list.push(element)
      this.byName.set(name, list)
    }
  }

  write(texts: LiveTexts): void {
    for (const [name, text] of texts) {
      if (this.written.get(name) === text) continue
      this.written.set(name, text)
      for (const element of this.byName.get(name) ?? []) {
        if (text.startsWith('#')) write(element, () => element.setAttribute('data-state', text.slice(1)))
        else writeText(element, text)
      }
    }
  }
}
