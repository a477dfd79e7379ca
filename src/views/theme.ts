/**
 * The theme on the page and in the canvas: written to the document, its tokens read back once per change. Outside React,
 * because the canvas must not ask for styles in a frame.
 */
import type { SettingsStore } from '../store/settings-store.ts'
import { readCanvasTheme, type CanvasTheme } from './stage/canvas-painter.ts'

export class ThemeTokens {
  private tokens: CanvasTheme
  private readonly root: HTMLElement
  private readonly listeners = new Set<() => void>()

  constructor(root: HTMLElement, settings: SettingsStore) {
    this.root = root
    this.tokens = this.apply(settings.getState().theme)
    settings.subscribe((now, before) => {
      if (now.theme !== before.theme) this.renew(now.theme)
    })
    // Colours that the operating system forces, or takes away again.
    for (const wish of ['(forced-colors: active)', '(prefers-color-scheme: light)'])
      matchMedia(wish).addEventListener('change', () => this.renew(settings.getState().theme))
  }

  readonly current = (): CanvasTheme => this.tokens

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private renew(theme: string): void {
    this.tokens = this.apply(theme)
    for (const listener of this.listeners) listener()
  }

  private apply(theme: string): CanvasTheme {
    this.root.dataset['theme'] = theme
    return readCanvasTheme(this.root)
  }
}
