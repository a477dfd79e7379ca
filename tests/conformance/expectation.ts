/** What is demanded of a simulated trace of one scenario in one mode: tests/kernel-traces/expected. */
export const LEVELS = ['ranges', 'counts', 'set', 'order', 'strict'] as const
export type Level = (typeof LEVELS)[number]

export interface Expectation {
  readonly scenario: string
  readonly mode: 'bio' | 'rq'
  readonly level: Level | 'unjudged'
  /** major:minor of the dm device. */
  readonly dm: string
  /** Devices whose events count. */
  readonly devices: readonly string[]
  /** "EVENT DEV" that is left to chance and does not count. */
  readonly ignore?: readonly string[]
  readonly ranges?: Readonly<Record<string, readonly [least: number, most: number]>>
  readonly equal?: readonly (readonly string[])[]
  readonly exact_sets?: readonly string[]
  readonly final?: { readonly status?: string | null; readonly table?: string | null }
  readonly app?: ExpectedApp
}

export interface ExpectedApp {
  readonly exact?: boolean
  readonly ok?: number
  readonly failed?: number
  readonly failed_ios?: readonly string[]
  readonly ok_range?: readonly [number, number]
  readonly failed_range?: readonly [number, number]
}
