/** What a typed text comes to. */
import type { Question, Step } from '../engine/index.ts'

/** Steps that somebody can take from outside with a command. */
export type ActStep = Extract<
  Step,
  | { readonly message: unknown }
  | { readonly sysfs: unknown }
  | { readonly inject: unknown }
  | { readonly link: unknown }
  | { readonly service: unknown }
  | { readonly hang: unknown }
  | { readonly suspend: unknown }
  | { readonly resume: unknown }
  | { readonly load: unknown }
  | { readonly rescan: unknown }
  | { readonly fio: unknown }
  | { readonly fio_jobs: unknown }
>

export type Parsed =
  /** `command` is the same in its plainest form, a line for each step. */
  | { readonly kind: 'acts'; readonly steps: readonly ActStep[]; readonly command: string }
  | { readonly kind: 'asks'; readonly question: Question }
  /** Answered without the machine: help. */
  | { readonly kind: 'tells'; readonly text: string }
  /** What is wrong with it, and what would be right. */
  | { readonly kind: 'wrong'; readonly sentence: string }

/** What a family of commands answers. */
export type Read =
  | { readonly steps: readonly ActStep[] }
  | { readonly question: Question }
  | { readonly text: string }
  | { readonly sentence: string }

export function does(...steps: readonly ActStep[]): Read {
  return { steps }
}

export function asks(question: Question): Read {
  return { question }
}

export function wrong(what: string, remedy: string): Read {
  return { sentence: `${what}; ${remedy}.` }
}
