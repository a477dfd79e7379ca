/** What multipathd did in a run: how its checks ended and which commands it sent, on one line of the summary. */
import { CheckerState, EventKind, type EventChunk, type SideTables } from '../engine/log/index.ts'

const STATES = new Map<number, string>(Object.entries(CheckerState).map(([name, number]) => [number, name]))

export class DaemonTally {
  private readonly tables: SideTables
  private readonly checks = new Map<string, number>()
  private readonly commands = new Map<string, number>()

  constructor(tables: SideTables) {
    this.tables = tables
  }

  see(chunk: EventChunk, row: number): void {
    const kind = chunk.kind[row]!
    const arg = chunk.arg[row]!
    // a check begins as pending, and ends as another state
    if (kind === EventKind.checker && arg !== CheckerState.pending)
      add(this.checks, STATES.get(arg) ?? String(arg))
    if (kind === EventKind.command && this.tables.tasks[chunk.task[row]!]?.comm === 'multipathd')
      add(this.commands, verbOf(this.tables.strings[arg] ?? ''))
  }

  /** Empty without a multipathd. */
  get line(): string {
    if (this.checks.size === 0 && this.commands.size === 0) return ''
    const commands = this.commands.size === 0 ? 'no commands' : listed(this.commands)
    return `multipathd: checks ended ${listed(this.checks)}; sent ${commands}\n`
  }
}

/** `fail_path` of `dmsetup message mpatha 0 fail_path 8:0`, `resume` of `dmsetup resume mpatha`, `echo` of what else. */
function verbOf(command: string): string {
  const message = /^dmsetup message \S+ \d+ (\w+)/.exec(command)?.[1]
  return message ?? /^dmsetup (\w+)/.exec(command)?.[1] ?? command.split(' ', 1)[0] ?? ''
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function listed(counts: ReadonlyMap<string, number>): string {
  return [...counts].map(([name, count]) => `${count}×${name}`).join(', ') || 'never'
}
