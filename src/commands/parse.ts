/** From what was typed to what it comes to. Several commands stand on lines of their own or between `;`. */
import { nearest } from '../lib/near-miss.ts'
import { readIostat, readLsblk } from './asking.ts'
import { readDmsetup } from './dmsetup.ts'
import { readFio, readJobs } from './fio.ts'
import { readMultipath, readMultipathd } from './multipathd.ts'
import { type ActStep, does, type Parsed, type Read, wrong } from './parsed.ts'
import { printStep } from './print.ts'
import { readCat, readEcho } from './sysfs.ts'
import { helpText } from './table.ts'
import { readHang, readInject, readLink, readSlow } from './verbs.ts'
import { splitCommands, splitWords } from './words.ts'
import type { World } from './world.ts'

/** Longer texts are not even looked at. */
const MAX_TEXT = 100_000
/** Longer commands are refused, job files apart. */
const MAX_COMMAND = 20_000
const MAX_COMMANDS = 32

type Reader = (words: readonly string[], world: World | undefined) => Read

const READERS: Readonly<Record<string, Reader>> = {
  dmsetup: readDmsetup,
  multipath: readMultipath,
  multipathd: readMultipathd,
  echo: readEcho,
  cat: readCat,
  iostat: readIostat,
  lsblk: readLsblk,
  link: readLink,
  slow: readSlow,
  hang: (words, world) => readHang(words, true, world),
  unhang: (words, world) => readHang(words, false, world),
  inject: readInject,
  help: (words) => ({ text: helpText(words.join(' ')) }),
}

/** @param world The names of the lane at hand; without it no name is checked. */
export function parseCommand(typed: string, world?: World): Parsed {
  const text = typed.trim()
  if (text.length > MAX_TEXT)
    return refused(`The text has ${text.length} characters; a console takes ${MAX_TEXT}`)
  if (/^(?:sudo\s+)?fio\b/.test(text) || text.startsWith('['))
    return finished(readJobText(text, world), world)
  const commands = splitCommands(text)
  if (commands.length === 0) return refused('There is nothing to do; write a command, or help')
  if (commands.length > MAX_COMMANDS)
    return refused(`There are more than ${MAX_COMMANDS} commands; give them one after the other`)
  const reads = commands.map((command) => readOne(command, world))
  if (reads.length === 1) return finished(reads[0]!, world)
  const steps: ActStep[] = []
  for (const read of reads) {
    if ('steps' in read) steps.push(...read.steps)
    else if ('sentence' in read) return refused(read.sentence)
    else return refused('Questions stand alone; ask this one by itself')
  }
  return finished(does(...steps), world)
}

function finished(read: Read, world: World | undefined): Parsed {
  if ('sentence' in read) return refused(read.sentence)
  if ('question' in read) return { kind: 'asks', question: read.question }
  if ('text' in read) return { kind: 'tells', text: read.text }
  const command = read.steps.map((step) => printStep(step, world)).join('\n')
  return { kind: 'acts', steps: read.steps, command }
}

/** A sentence begins with a capital letter, unless with a name, and ends with one point. */
function refused(what: string): Parsed {
  const ended = /[.?!]$/.test(what) ? what : `${what}.`
  const [first = ''] = ended.split(' ', 1)
  const isName = !/^[a-z]+$/.test(first) || first === 'fio' || Object.hasOwn(READERS, first)
  return { kind: 'wrong', sentence: isName ? ended : ended.charAt(0).toUpperCase() + ended.slice(1) }
}

function readJobText(text: string, world: World | undefined): Read {
  if (text.startsWith('[')) return readJobs(text, world)
  const { words, open } = splitWords(text.split('\n', 1)[0]!)
  if (open) return wrong('a quote is never closed', 'close it')
  const at = words.findIndex((word) => word.text === 'fio')
  return readFio(
    text,
    words.slice(at + 1).map((word) => word.text),
    world,
  )
}

function readOne(command: string, world: World | undefined): Read {
  if (command.length > MAX_COMMAND)
    return wrong('the command is too long', `keep it under ${MAX_COMMAND} characters`)
  const { words, open } = splitWords(command)
  if (open) return wrong('a quote is never closed', 'close it')
  const texts = words.map(({ text }) => text)
  if (texts[0] === 'sudo' || texts[0] === '$' || texts[0] === '#') texts.shift()
  const [name = '', ...rest] = texts
  if (name === 'fio') return readFio(command, rest, world)
  const reader = Object.hasOwn(READERS, name) ? READERS[name] : undefined
  if (reader !== undefined) return reader(rest, world)
  const near = nearest(name, [...Object.keys(READERS), 'fio'])
  const shown = `"${name.slice(0, 40)}" is no command here`
  return near === undefined
    ? wrong(shown, 'help lists those there are')
    : wrong(shown, `did you mean "${near}"`)
}
