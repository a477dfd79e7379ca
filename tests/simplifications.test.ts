/** What the page says it leaves out is what the engine's files say they leave out. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { SIMPLIFIED } from '../src/stage/simplifications.ts'

const engine = new URL('../src/engine/', import.meta.url)

/** The comment at the head of a file. */
function headOf(text: string): string {
  return /^\/\*\*[\s\S]*?\*\//.exec(text)?.[0] ?? ''
}

const saysSo = readdirSync(engine, { recursive: true })
  .map((file) => String(file).replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .filter((file) => /\b(Simplified|reduced)\b/.test(headOf(readFileSync(new URL(file, engine), 'utf8'))))

it('lists every file of the engine whose head says that it simplifies, once, and no other', () => {
  const listed = SIMPLIFIED.flatMap(({ files }) => files)
  expect([...listed].sort()).toEqual([...saysSo].sort())
})

it('has sentences, each with a key of its own', () => {
  expect(new Set(SIMPLIFIED.map(({ key }) => key)).size).toBe(SIMPLIFIED.length)
  for (const { text } of SIMPLIFIED) expect(text).toMatch(/^\p{L}.*\.$/u)
})
