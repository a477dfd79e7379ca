/**
 * A table line word by word, for whoever types one: what each word stands for (dm-mpath.c:multipath_ctr, dm-linear.c:linear_ctr),
 * and which word is refused. Meanings follow from the counts in the line; the judge of a multipath line is the engine's
 * own parser, so nothing is refused here that would run, and nothing passes that would not.
 */
import { parseMultipathTable, ScenarioError, type KernelProfile } from '../../engine/index.ts'
import { suggest } from '../../lib/near-miss.ts'
import type { JsonPath } from '../../lib/json-text.ts'
import { problem, type Problem } from '../problems.ts'
import { valueAt } from './document.ts'
import type { DraftFacts } from './facts.ts'
import { linearWords } from './linear-words.ts'
import { multipathWords } from './multipath-words.ts'
import { splitWords, Walk, type TokenRole, type Word, type WordFault } from './word-walk.ts'

export interface TableContext {
  readonly kernel: KernelProfile
  /** Those that a line may name. */
  readonly devices: readonly { readonly name: string; readonly dev: string }[]
}

/** For the multipath line: disks, and partitions of them. For a line over the map: that, too. */
export function tableContext({ kernel, devices, stack, map }: DraftFacts, isOverMap: boolean): TableContext {
  return { kernel, devices: [...devices, ...stack, ...(isOverMap ? [map] : [])] }
}

export interface TableToken {
  readonly text: string
  readonly start: number
  /** Words are counted from 1; a gap of blanks has none. */
  readonly word: number | undefined
  readonly role: TokenRole
  /** One sentence; empty for blanks. */
  readonly meaning: string
}

export type { TokenRole } from './word-walk.ts'

export interface TableFault {
  /** The token that is refused; the number of tokens where the line ends too early. */
  readonly token: number
  readonly what: string
  readonly remedy: string
}

export interface TableReading {
  /** Their texts, one after the other, are the line. */
  readonly tokens: readonly TableToken[]
  /** A kernel refuses a line at its first wrong word. */
  readonly fault: TableFault | undefined
}

const TARGETS = ['multipath', 'linear']

export function readTable(line: string, context: TableContext): TableReading {
  const words = splitWords(line)
  const walk = new Walk(words)
  walk.say('place', 'start: the first sector of this mapping')
  walk.say('place', lengthMeaning(walk.peek()))
  const target = walk.peek()
  walk.say('target', targetMeaning(target))
  if (target === 'multipath') multipathWords(walk, context)
  if (target === 'linear') linearWords(walk, context)
  const tokens = tokensOf(line, walk)
  return { tokens, fault: faultIn(words, tokens, context, walk) }
}

/** The same fault as a problem of a document: its table is judged by the engine only when it runs. */
export function tableProblem(document: unknown, context: TableContext): Problem | undefined {
  const line = valueAt(document, TABLE)
  if (typeof line !== 'string') return undefined
  const { tokens, fault } = readTable(line, context)
  if (fault === undefined) return undefined
  const found = tokens[fault.token]
  const place = found === undefined ? '' : `word ${found.word ?? 0} (${quoted(found.text)})`
  return problem(TABLE, fault.what, fault.remedy, place)
}

const TABLE: JsonPath = ['dm', 'table']

/** The word at a caret, the one before it where the caret stands behind a word. */
export function tokenAt({ tokens }: TableReading, caret: number): TableToken | undefined {
  const words = tokens.filter(({ word }) => word !== undefined)
  return words.find(({ start, text }) => caret >= start && caret <= start + text.length)
}

function tokensOf(line: string, { words, told }: Walk): TableToken[] {
  const tokens: TableToken[] = []
  let at = 0
  const gapTo = (end: number): void => {
    if (end > at)
      tokens.push({ text: line.slice(at, end), start: at, word: undefined, role: 'gap', meaning: '' })
    at = end
  }
  words.forEach(({ text, start }, index) => {
    gapTo(start)
    const { role, meaning } = told[index] ?? UNREAD
    tokens.push({ text, start, word: index + 1, role, meaning })
    at = start + text.length
  })
  gapTo(line.length)
  return tokens
}

const UNREAD = { role: 'unread', meaning: 'not read: something before it is wrong' } as const

function lengthMeaning(word: string | undefined): string {
  const sectors = Number(word)
  if (!/^\d{1,15}$/.test(word ?? '')) return 'length: how many sectors of 512 bytes are mapped'
  const mib = sectors / 2048
  const size = mib >= 1024 ? `${rounded(mib / 1024)} GiB` : `${rounded(mib)} MiB`
  return `length: ${sectors.toLocaleString('en')} sectors of 512 bytes, ${size}`
}

const rounded = (value: number): string => String(Math.round(value * 100) / 100)

function targetMeaning(word: string | undefined): string {
  if (word === 'multipath') return 'target: several paths to one device (dm-multipath)'
  if (word === 'linear') return 'target: a stretch of one other device (dm-linear)'
  return 'target: which kind of mapping this is'
}

function faultIn(
  words: readonly Word[],
  tokens: readonly TableToken[],
  context: TableContext,
  walk: Walk,
): TableFault | undefined {
  const found = firstFault(words, context, walk)
  if (found === undefined) return undefined
  const at = tokens.findIndex(({ word }) => word === found.word)
  const text = found.word === undefined ? undefined : tokens[at]?.text
  if (text === undefined) return { token: tokens.length, what: found.what, remedy: found.remedy }
  const counted = walk.countOf(found.word ?? 0)
  // Where counted words run on beyond what was meant, the count is as likely wrong as the word.
  const orCount = counted === undefined ? '' : `; or is the count before it, word ${counted}, wrong?`
  return { token: at, what: `${quoted(text)} ${found.what}`, remedy: `${found.remedy}${orCount}` }
}

function firstFault(words: readonly Word[], context: TableContext, walk: Walk): WordFault | undefined {
  const target = words[2]?.text
  if (target !== undefined && !TARGETS.includes(target))
    return { word: 3, what: 'is not a target here', remedy: suggest(target, TARGETS) }
  return target === 'linear' ? walk.fault : judged(words, context)
}

/** The engine's judgement. Kernels of one mode never see the words `queue_mode {mode}`: they are left out of its count. */
function judged(words: readonly Word[], { kernel, devices }: TableContext): WordFault | undefined {
  const texts = words.map(({ text }) => text)
  if (texts.length === 0) return { what: 'the line is empty', remedy: 'write 0 LENGTH multipath ...' }
  const cut = kernel.featureWords.includes('queue_mode')
    ? -1
    : texts.findIndex((text, index) => text === 'queue_mode' && texts[index + 1] === '{mode}')
  try {
    const names = devices.map(({ dev }) => dev)
    parseMultipathTable(texts.join(' '), kernel.modes[0] ?? 'bio', kernel, names, 'table')
    return undefined
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error
    const number = Number(/word (\d+)/.exec(error.where)?.[1])
    const word = cut >= 0 && number > cut ? number + 2 : number
    return { ...(word > 0 ? { word } : {}), what: error.what, remedy: error.remedy }
  }
}

function quoted(word: string): string {
  return `"${word.length > 40 ? `${word.slice(0, 40)}…` : word}"`
}
