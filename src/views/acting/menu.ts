/** What a menu is made of: pages of entries; each entry is a command, something on the page, a further page or a form. */
import type { ActStep } from '../../commands/index.ts'

export interface FormField {
  readonly name: string
  readonly label: string
  readonly value: string
  /** A whole number in these bounds, or one of some words. */
  readonly takes: { readonly min: number; readonly max: number } | { readonly words: readonly string[] }
}

export interface Form {
  readonly title: string
  readonly about: string
  readonly fields: readonly FormField[]
  readonly steps: (values: Readonly<Record<string, string>>) => readonly ActStep[]
}

/** What the page itself does. */
export type PageDeed = 'follow' | 'zoom' | 'copy' | 'lane'

export interface Entry {
  readonly label: string
  /** Under the label, where no command stands there. */
  readonly about?: string
  /** Why it cannot be done now; it is seen and cannot be chosen. */
  readonly why?: string
  readonly steps?: readonly ActStep[]
  readonly deed?: PageDeed
  readonly page?: MenuPage
  readonly form?: Form
  /** Of one of several that exclude each other: whether it holds now. */
  readonly checked?: boolean
  readonly tone?: 'bad' | 'good'
}

export interface MenuPage {
  readonly title: string
  readonly about: string
  /** Sections with a line between. */
  readonly sections: readonly (readonly Entry[])[]
}

/** Clear where the form's fields are right, else what is wrong with the first that is not. */
export function formFault(form: Form, values: Readonly<Record<string, string>>): string | undefined {
  for (const { name, label, takes } of form.fields) {
    const value = values[name] ?? ''
    if ('words' in takes) {
      if (!takes.words.includes(value)) return `${label}: choose one of ${takes.words.join(', ')}.`
    } else if (!/^\d{1,15}$/.test(value) || Number(value) < takes.min || Number(value) > takes.max)
      return `${label}: write a whole number from ${takes.min} to ${takes.max}.`
  }
  return undefined
}
