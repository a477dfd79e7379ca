/** A run that nobody watches: it is taken to a moment and asked there. Its log is read for the counters and dropped. */
import { assertNever } from '../../lib/assert-never.ts'
import { Run, type RunInput } from '../run.ts'
import type { Question } from '../question.ts'
import { copyOf, type DiskCounters, DiskStats, noCounters } from './disk-stats.ts'
import { dmsetupInfo, dmsetupLs, dmsetupStatus, dmsetupTable } from './dmsetup.ts'
import { iostatText } from './iostat.ts'
import { lsblk, lsblkTopology } from './lsblk.ts'
import type { MachineView } from './machine-view.ts'
import { multipathdMaps, multipathdPaths, multipathdStatus, multipathLl } from './multipath.ts'
import { catText } from './sysfs-files.ts'
import { viewOf } from './view.ts'

export class AskedRun extends Run {
  /** Everything up to here has happened. */
  reachedNs = 0
  private readonly stats: DiskStats
  private goalNs = -1
  private markNs = 0
  private marked = new Map<number, DiskCounters>()

  constructor(input: RunInput) {
    super(input)
    this.stats = new DiskStats((dev) => {
      const node = viewOf(this.stack).nodes.find(({ index }) => index === dev)
      return node === undefined || node.queue.ops !== undefined
    })
  }

  /** Simulates everything up to and including a time, but at most `maxEvents` more events, or to the end. */
  advanceTo(timeNs: number, maxEvents: number): 'there' | 'running' | 'ended' {
    const { clock, log } = this.m
    const untilNs = clock.nowNs - log.timeNs + timeNs
    if (!this.ended && this.goalNs !== timeNs && timeNs > log.timeNs) {
      // A context may let its time pass in one go where nothing is due: the goal is something that is due.
      clock.schedule(untilNs, { fire: () => undefined })
    }
    this.goalNs = timeNs
    this.simulate(maxEvents, untilNs)
    for (const chunk of log.take(true)) this.stats.read(chunk)
    if (!this.ended && clock.nextNs <= untilNs) return 'running'
    this.reachedNs = Math.max(this.reachedNs, timeNs)
    return this.ended ? 'ended' : 'there'
  }

  /** iostat counts from here on. */
  mark(): void {
    this.markNs = this.reachedNs
    const { nodes } = viewOf(this.stack)
    this.marked = new Map(nodes.map(({ index }) => [index, copyOf(this.stats.at(index, this.markNs))]))
  }

  /** The text of the tool, without the last line break. */
  answer(question: Question): string {
    const view = viewOf(this.stack)
    switch (question.ask) {
      case 'dmsetup_status':
        return dmsetupStatus(view.maps, question.map)
      case 'dmsetup_table':
        return dmsetupTable(view.maps, question.map)
      case 'dmsetup_info':
        return dmsetupInfo(view.maps, question.map)
      case 'dmsetup_ls':
        return dmsetupLs(view.maps)
      case 'multipath_ll':
        return multipathLl(view, this.daemon?.opinion)
      case 'multipathd_paths':
        return multipathdPaths(view, this.daemon?.opinion)
      case 'multipathd_maps':
        return multipathdMaps(view)
      case 'multipathd_status':
        return multipathdStatus(view, this.daemon?.opinion)
      case 'lsblk':
        return lsblk(view)
      case 'lsblk_topology':
        return lsblkTopology(view)
      case 'cat':
        return catText(view, question.path)
      case 'iostat':
        return this.iostat(view, question.interval_ns !== undefined)
      default:
        return assertNever(question)
    }
  }

  private iostat({ nodes }: MachineView, sinceMark: boolean): string {
    const fromNs = sinceMark ? this.markNs : 0
    const devices = nodes.map(({ index, name }) => ({
      name,
      from: (sinceMark ? this.marked.get(index) : undefined) ?? noCounters(),
      to: this.stats.at(index, this.reachedNs),
    }))
    return iostatText(devices, this.reachedNs - fromNs)
  }
}
