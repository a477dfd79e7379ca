/** What is wrong with a scenario: where, what, and what to do about it. Never thrown, always returned. */
import type * as v from 'valibot'
import { spellPath, type JsonPath } from '../lib/json-text.ts'
import { LIMITS } from './limits.ts'

export interface Problem {
  /** Place in the document, such as `devices[1].queue.scheduler` or `dm.table, word 7 ("8:32")`. */
  readonly where: string
  readonly what: string
  readonly remedy: string
  /** The same place for programs. */
  readonly path: JsonPath
  /** Line and column of the text, from 1, where there was a text. */
  readonly line?: number
  readonly column?: number
}

export function problem(path: JsonPath, what: string, remedy: string, detail = ''): Problem {
  const place = spellPath(path) || 'the scenario'
  return { where: detail === '' ? place : `${place}, ${detail}`, what, remedy, path }
}

/** One sentence for one problem: `pair.json, line 7: devices[1].driver: ...; did you mean "null_blk"?` */
export function problemSentence(found: Problem, file?: string): string {
  const line = found.line === undefined ? '' : `line ${found.line}`
  const place = [file, line].filter((part) => part !== undefined && part !== '').join(', ')
  return `${place === '' ? '' : `${place}: `}${found.where}: ${found.what}; ${found.remedy}`
}

export function fromIssues(issues: readonly v.BaseIssue<unknown>[]): Problem[] {
  return issues.slice(0, LIMITS.problemsShown).map(fromIssue)
}

function fromIssue(issue: v.BaseIssue<unknown>): Problem {
  const path = (issue.path ?? []).map((item) => item.key as string | number)
  const last = String(path[path.length - 1] ?? '')
  if (issue.type === 'strict_object' && issue.expected === 'never')
    return problem(path.slice(0, -1), `${shown(last)} is not a field here`, issue.message)
  if (issue.type === 'strict_object' && issue.received === 'undefined')
    return problem(path.slice(0, -1), `the field ${shown(last)} is missing`, issue.message)
  return problem(path, `${shown(issue.input)} does not fit`, issue.message)
}

/** A value as far as one line can show it. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
