/**
 * A draft from whatever somebody pastes or drops: a scenario, lines of `dmsetup table`, a job file of fio. What had to be
 * assumed is said in a sentence.
 */
import { sdName } from '../../engine/index.ts'
import { LIMITS } from '../limits.ts'
import { driverOfName } from '../names.ts'
import { printScenario } from './print.ts'

export type DraftFrom =
  | {
      readonly ok: true
      readonly kind: 'scenario' | 'dmsetup table' | 'fio job file'
      readonly text: string
      /** Empty where nothing was. */
      readonly assumed: string
    }
  | { readonly ok: false; readonly sentence: string }

/** Characters that an editor takes: more than anybody reads, few enough that every key is answered at once. */
export const MOST_EDITED = 400_000

export function tooMuch(characters: number, what = 'The text'): string | undefined {
  if (characters <= MOST_EDITED) return undefined
  const has = characters.toLocaleString('en')
  return `${what} has ${has} characters; the editor takes up to ${MOST_EDITED.toLocaleString('en')}. Nothing was changed.`
}

export function draftFrom(text: string, what?: string): DraftFrom {
  const much = tooMuch(text.length, what)
  if (much !== undefined) return { ok: false, sentence: much }
  if (isFio(text)) return fromFio(text)
  const maps = text.split(/\r?\n/).flatMap(mapIn)
  if (maps.length > 0) return fromTable(maps)
  if (/^\s*[{[]/.test(text)) return { ok: true, kind: 'scenario', text, assumed: '' }
  return {
    ok: false,
    sentence: `${what ?? 'The text'} is none of what the editor reads: a scenario begins with "{", a line of dmsetup table with "0 LENGTH multipath", a fio job file with "[name]". Nothing was changed.`,
  }
}

/** Begins with `[name]` alone on a line, after comments. */
function isFio(text: string): boolean {
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  const first = lines.find((line) => line !== '' && !line.startsWith('#') && !line.startsWith(';'))
  return first !== undefined && first.length < 200 && /^\[[^\]"{}]+\]$/.test(first)
}

/** A disk that takes 100 µs: long enough to be seen. */
const DISK = { kind: 'timer', ns: 100_000 } as const
const WRITES = [{ io: 'batch', op: 'W', length: 4096, count: 16 }, { io: 'wait' }] as const

function fromFio(text: string): DraftFrom {
  if (text.length > LIMITS.fioFile)
    return {
      ok: false,
      sentence: `A fio job file may have ${LIMITS.fioFile} characters; this one has ${text.length}. Nothing was changed.`,
    }
  const scenario = {
    scenario: 'fio-job',
    about: 'a fio job file on two paths',
    devices: [
      { driver: 'scsi_debug', completion: DISK },
      { driver: 'scsi_debug', completion: DISK },
    ],
    tasks: [{ do: [{ fio_file: text }] }],
  }
  const assumed =
    'From a fio job file. Assumed: its jobs run on a multipath device over two SCSI disks of 144 MiB that take 100 µs for a command, round-robin, in both modes.'
  return { ok: true, kind: 'fio job file', text: printScenario(scenario), assumed }
}

interface MapLine {
  readonly name: string | undefined
  readonly words: readonly string[]
}

/** One line as `dmsetup table` prints it, with or without the name of its map. */
function mapIn(line: string): MapLine[] {
  const found = /^\s*(?:(?<name>[\w.+-]+):\s+)?(?<table>\d+\s+\d+\s+[a-z][\w-]*(?:\s.*)?)$/.exec(line)
  const words = found?.groups?.['table']?.trim().split(/\s+/)
  return words === undefined ? [] : [{ name: found?.groups?.['name'], words }]
}

function fromTable(maps: readonly MapLine[]): DraftFrom {
  const map = maps.find(({ words }) => words[2] === 'multipath')
  if (map === undefined) {
    const targets = [...new Set(maps.map(({ words }) => words[2]))].join(', ')
    return {
      ok: false,
      sentence: `Of these lines of dmsetup table none is a multipath map (they are ${targets}). Nothing was changed.`,
    }
  }
  const sectors = Number(map.words[1])
  const devs = [...new Set(map.words.slice(3).filter((word) => /^\d+:\d+$/.test(word)))]
  if (devs.length === 0 || devs.length > LIMITS.devices) {
    const remedy = `write 1 to ${LIMITS.devices} paths as major:minor`
    return {
      ok: false,
      sentence: `The multipath line names ${devs.length} paths; ${remedy}. Nothing was changed.`,
    }
  }
  const hasHandler = handlerOf(map.words)
  const devices = devs.map((dev) => ({
    ...diskOf(dev),
    sectors,
    completion: DISK,
    ...(hasHandler ? { hw_handler_attached: 'alua', access_state: 'active/optimized' } : {}),
  }))
  const scenario = {
    scenario: map.name ?? 'pasted-table',
    about: `a map of ${devs.length} paths, from dmsetup table`,
    devices,
    dm: { name: map.name ?? 'mp', sectors, table: inEitherMode(map.words) },
    tasks: [{ do: WRITES }],
  }
  const left = maps.length - 1
  const others = left === 0 ? '' : ` ${left} other line${left === 1 ? ' is' : 's are'} left out.`
  const assumed = `From a line of dmsetup table. Assumed: every path is a disk of the map's size that takes 100 µs for a command; 16 writes of 4 KiB run in both modes.${others}`
  return { ok: true, kind: 'dmsetup table', text: printScenario(scenario), assumed }
}

function diskOf(dev: string): { readonly name: string; readonly dev: string; readonly driver: string } {
  const [major = 0, minor = 0] = dev.split(':').map(Number)
  for (let index = 0; index < MOST_DISKS; index++) {
    const disk = sdName(index)
    if (disk.dev === dev) return { ...disk, driver: driverOfName(disk.name) ?? 'scsi_debug' }
  }
  if (major === 259) return { name: `nvme${minor}n1`, dev, driver: 'nvme' }
  if (major === 252) return { name: `nullb${minor}`, dev, driver: 'null_blk' }
  return { name: `disk${major}-${minor}`, dev, driver: 'scsi_debug' }
}

/** sda to the last of the sixteen majors of SCSI disks. */
const MOST_DISKS = 256

function handlerOf(words: readonly string[]): boolean {
  const features = Number(words[3])
  return Number(words[4 + features]) > 0
}

/** The line with `queue_mode {mode}`, so that every mode can run it. */
function inEitherMode(words: readonly string[]): string {
  const at = words.indexOf('queue_mode')
  if (at >= 0) return words.with(at + 1, '{mode}').join(' ')
  const count = String(Number(words[3]) + 2)
  return [...words.slice(0, 3), count, 'queue_mode', '{mode}', ...words.slice(4)].join(' ')
}
