/**
 * Reads a job file of fio: sections in brackets, one option a line, [global] for the jobs after it. Every complaint names
 * its line and its option; nothing is skipped in silence: options that are known and change nothing here are listed.
 */
import * as v from 'valibot'
import type { FioJob } from '../../engine/index.ts'
import { nearest } from '../../lib/near-miss.ts'
import { shown } from '../problems.ts'
import { fioJob } from '../schema/fio-job.ts'
import { DEFAULT_BS, type Fields, FIO_OPTIONS, type Measure } from './options.ts'
import type { KbBase } from './units.ts'
import { FIO_WITHOUT_EFFECT } from './words.ts'

export interface FioProblem {
  /** From 1; 0 is the file. */
  readonly line: number
  readonly what: string
  readonly remedy: string
}

/** An option that fio knows and that changes nothing the block layer sees. */
export interface WithoutEffect {
  readonly line: number
  readonly text: string
}

export type ParsedFio =
  | { readonly ok: true; readonly jobs: readonly FioJob[]; readonly withoutEffect: readonly WithoutEffect[] }
  | { readonly ok: false; readonly problems: readonly FioProblem[] }

interface Section {
  readonly name: string
  readonly line: number
  fields: Fields
  kbBase: KbBase
  /** Line on which a field was set. */
  readonly lines: Map<string, number>
}

const KNOWN = [...Object.keys(FIO_OPTIONS), 'kb_base', ...FIO_WITHOUT_EFFECT]

/** `deviceBytes`: what percentages are taken of. */
export function parseFioFile(text: string, deviceBytes: number): ParsedFio {
  const reader = new FioReader(deviceBytes)
  text.split(/\r?\n/).forEach((line, index) => reader.read(line.trim(), index + 1))
  return reader.end()
}

class FioReader {
  private readonly deviceBytes: number
  private readonly problems: FioProblem[] = []
  private readonly withoutEffect: WithoutEffect[] = []
  private readonly jobs: Section[] = []
  private readonly global: Section = { name: 'global', line: 0, fields: {}, kbBase: 1024, lines: new Map() }
  private section: Section | undefined

  constructor(deviceBytes: number) {
    this.deviceBytes = deviceBytes
  }

  read(line: string, number: number): void {
    if (line === '' || line.startsWith('#') || line.startsWith(';')) return
    const heading = /^\[([^\]]+)\]$/.exec(line)
    if (heading) this.begin(heading[1]!.trim(), number)
    else if (this.section === undefined)
      this.complain(
        number,
        `${shown(line)} stands before any section`,
        'begin with [global] or [name of a job]',
      )
    else this.option(this.section, line, number)
  }

  private begin(name: string, line: number): void {
    if (name === 'global') {
      this.section = this.global
      return
    }
    const { fields, kbBase, lines } = this.global
    this.section = { name, line, fields: { ...fields }, kbBase, lines: new Map(lines) }
    this.jobs.push(this.section)
  }

  private option(section: Section, line: string, number: number): void {
    const at = line.indexOf('=')
    const name = (at < 0 ? line : line.slice(0, at)).trim().toLowerCase()
    const value = at < 0 ? '' : line.slice(at + 1).trim()
    if (name === 'kb_base') {
      if (value === '1000' || value === '1024') section.kbBase = Number(value) as KbBase
      else this.complain(number, `kb_base=${value} does not fit`, 'write 1024 or 1000')
      return
    }
    if ((FIO_WITHOUT_EFFECT as readonly string[]).includes(name)) {
      this.withoutEffect.push({ line: number, text: line })
      return
    }
    const read = Object.hasOwn(FIO_OPTIONS, name) ? FIO_OPTIONS[name] : undefined
    if (read === undefined) {
      this.unknown(name, number)
      return
    }
    const measure: Measure = { kbBase: section.kbBase, deviceBytes: this.deviceBytes }
    const fields = read(value, measure)
    if (typeof fields === 'string') {
      this.complain(number, `${name}=${value} does not fit`, fields)
      return
    }
    for (const field of Object.keys(fields)) section.lines.set(field, number)
    section.fields = { ...section.fields, ...fields }
  }

  private unknown(name: string, line: number): void {
    const near = nearest(name, KNOWN)
    const known = `known are ${Object.keys(FIO_OPTIONS).join(', ')}`
    this.complain(
      line,
      `${shown(name)} is no option of fio that is simulated`,
      near === undefined ? `take it out; ${known}` : `did you mean "${near}"? ${known}`,
    )
  }

  private complain(line: number, what: string, remedy: string): void {
    this.problems.push({ line, what, remedy })
  }

  end(): ParsedFio {
    if (this.jobs.length === 0 && this.problems.length === 0)
      this.complain(0, 'it has no job', 'add a section [name] with rw, bs and so on')
    const jobs = this.jobs.map((section) => this.jobOf(section))
    if (this.problems.length > 0) return { ok: false, problems: this.problems }
    return { ok: true, jobs: jobs.filter((job) => job !== undefined), withoutEffect: this.withoutEffect }
  }

  /** fio's defaults, which are not those of a step: rw=read, psync, through the page cache, time_based off. */
  private jobOf({ name, line, fields, lines }: Section): FioJob | undefined {
    const job = {
      ...{ name, rw: 'read', bs: DEFAULT_BS, ioengine: 'psync', direct: false },
      ...(fields.runtime_ns === undefined ? {} : { time_based: false }),
      ...fields,
    }
    const parsed = v.safeParse(fioJob, job)
    if (parsed.success) return parsed.output
    for (const issue of parsed.issues) {
      const key = issue.path?.[0]?.key
      const field = typeof key === 'string' ? key : ''
      this.complain(lines.get(field) ?? line, `${field} ${shown(issue.input)} does not fit`, issue.message)
    }
    return undefined
  }
}
