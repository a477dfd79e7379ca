/** fio: options on the line, or the text of a job file under it. scenario/fio reads both. */
import { parseFioFile } from '../scenario/fio/parse.ts'
import { does, type Read, wrong } from './parsed.ts'
import type { World } from './world.ts'

const MAX_TEXT = 100_000

/** `typed` is everything from the word fio on; a job file begins on the next line. */
export function readFio(typed: string, words: readonly string[], world: World | undefined): Read {
  if (typed.length > MAX_TEXT)
    return wrong('the job file is too long', `keep it under ${MAX_TEXT} characters`)
  const file = /\n([\s\S]*)$/.exec(typed)?.[1]
  if (file !== undefined && file.trim() !== '') return readJobs(file, world)
  const lines = linesOf(words)
  return typeof lines === 'string' ? readJobs(lines, world) : lines
}

export function readJobs(text: string, world: World | undefined): Read {
  const parsed = parseFioFile(text, (world?.sizeSectors ?? 0) * 512)
  if (parsed.ok) return does({ fio_jobs: parsed.jobs })
  const [first] = parsed.problems
  if (first === undefined) return wrong('the jobs cannot be read', 'write [name] and its options')
  return wrong(
    first.line > 0 && text.includes('\n') ? `line ${first.line}: ${first.what}` : first.what,
    first.remedy,
  )
}

/** `--name=a --rw=read` as the lines of a job file. */
function linesOf(words: readonly string[]): string | Read {
  if (words.length === 0) return wrong('fio has no job', 'write --name=job --rw=randread --bs=4k and so on')
  const lines: string[] = []
  let named = false
  for (const word of words) {
    const [, name, value] = /^--([\w-]{1,40})(?:=(.*))?$/s.exec(word) ?? []
    if (name === undefined)
      return wrong(
        `"${word.slice(0, 40)}" is no option`,
        'write --option=value, or the job file on the lines below fio',
      )
    if (name === 'name') {
      lines.push(`[${(value ?? 'job').replaceAll(/[[\]\n]/g, '')}]`)
      named = true
    } else lines.push(value === undefined ? name : `${name}=${value}`)
  }
  if (!named) return `[job]\n${lines.join('\n')}`
  return lines[0]!.startsWith('[') ? lines.join('\n') : `[global]\n${lines.join('\n')}`
}
