/** Tags, plugs, the order of a request's events, and time. */
import { DeviceState, EventKind, Op, opOf, RequeueTo, TimerKind } from '../../src/engine/log/index.ts'
import { AFTER_NS } from './causes.ts'
import type { Law, Ran } from './law.ts'
import type { Row } from './log-rows.ts'

const SCSI_ATTRIBUTE = /^(\w+)=(.*)$/

/** Tags each device gives out and how many commands it takes, as far as header and events say. */
class Depths {
  readonly scheduled: boolean[]
  readonly driverTags: number[]
  readonly schedTags: number[]
  readonly commands: number[]
  readonly hwQueues: readonly number[]

  constructor({ header, scenario, mode }: Ran) {
    const { devices } = header
    const first = devices.findIndex(({ role }) => role === 'path')
    this.scheduled = devices.map(({ scheduler }) => scheduler !== undefined && scheduler !== 'none')
    const tagsOf = (at: number): number => {
      const spec = scenario.devices[at - first]
      if (spec) return spec.host_tags ?? spec.queue_depth
      return mode === 'rq' && devices[at]!.role === 'dm' ? 2048 : 0
    }
    this.driverTags = devices.map((_, at) => tagsOf(at))
    this.schedTags = devices.map(({ nrRequests }) => nrRequests)
    this.commands = devices.map(({ queueDepth, role }) => (role === 'path' ? queueDepth : Infinity))
    this.hwQueues = devices.map((_, at) => scenario.devices[at - first]?.hw_queues ?? 1)
  }

  note(e: Row, text: string): void {
    if (e.kind === EventKind.queue_depth) this.commands[e.dev] = e.arg
    if (e.kind !== EventKind.queue_attr) return
    const [, name, value] = SCSI_ATTRIBUTE.exec(text) ?? []
    if (name === 'scheduler') {
      this.scheduled[e.dev] = value !== 'none'
      this.schedTags[e.dev] = 2 * Math.min(this.driverTags[e.dev]!, 128)
    }
    if (name === 'nr_requests') {
      if (this.scheduled[e.dev]) this.schedTags[e.dev] = Number(value)
      else this.driverTags[e.dev] = Math.min(this.driverTags[e.dev]!, Number(value))
    }
  }
}

export const tagsAreUnique: Law = {
  name: 'a tag belongs to one request at a time, and a queue never has more requests than tags (22)',
  watch: (w, ran) => {
    const depths = new Depths(ran)
    const single = depths.hwQueues.map((count) => count === 1)
    /** "device tag" -> request, for the tags of makers and those of drivers. */
    const made = new Map<string, number>()
    const driving = new Map<string, number>()
    const tagOf = new Map<number, string>()
    const driverTagOf = new Map<number, string>()
    const live = ran.header.devices.map(() => 0)
    const gone = new Set<number>()
    const release = (id: number): void => {
      const tag = driverTagOf.get(id)
      if (tag !== undefined) driving.delete(tag)
      driverTagOf.delete(id)
    }
    return {
      see(e) {
        depths.note(e, w.tables.strings[e.arg] ?? '')
        const key = `${e.dev} ${e.arg}`
        switch (e.kind) {
          case EventKind.getrq:
          case EventKind.rq_clone: {
            live[e.dev]!++
            if (!single[e.dev]) break
            const holder = made.get(key)
            if (holder !== undefined)
              return `request ${e.subject} is made with tag ${e.arg}, which ${holder} holds`
            made.set(key, e.subject)
            tagOf.set(e.subject, key)
            const most = depths.scheduled[e.dev] ? depths.schedTags[e.dev]! : depths.driverTags[e.dev]!
            // nr_requests may be lowered under requests that exist
            return live[e.dev]! > Math.max(most, depths.driverTags[e.dev]!)
              ? `device ${e.dev} has ${live[e.dev]!} requests, its tags are ${most}`
              : undefined
          }
          case EventKind.rq_issue: {
            if (!single[e.dev]) break
            if (e.arg >= depths.driverTags[e.dev]!)
              return `request ${e.subject} drives tag ${e.arg} of ${depths.driverTags[e.dev]!}`
            const holder = driving.get(key)
            if (holder !== undefined && holder !== e.subject)
              return `request ${e.subject} drives tag ${e.arg}, which ${holder} has`
            driving.set(key, e.subject)
            driverTagOf.set(e.subject, key)
            break
          }
          case EventKind.rq_requeue:
            if (depths.scheduled[e.dev]) release(e.subject)
            break
          case EventKind.flush_park: // without a scheduler it lends its tag to the FLUSH
            release(e.subject)
            break
          case EventKind.device_state:
            if (e.arg === DeviceState.deleted) gone.add(e.dev)
            // another namespace in the same place, while the tags of the former are in use
            else if (e.arg === DeviceState.running && gone.has(e.dev)) single[e.dev] = false
            break
          case EventKind.rq_free: {
            release(e.subject)
            const tag = tagOf.get(e.subject)
            if (tag !== undefined) made.delete(tag)
            tagOf.delete(e.subject)
            // the flush machine's own requests borrow their tag from one that waits
            if (opOf(e.rwbs) !== Op.FLUSH || w.requests.get(e.subject)?.original !== 0) live[e.dev]!--
            break
          }
        }
        return undefined
      },
      end(result) {
        const held = live.findIndex((count) => count > 0)
        return result.stuck === 0 && held >= 0 ? `device ${held} still holds ${live[held]!} tags` : undefined
      },
    }
  },
}

export const deviceDepth: Law = {
  name: 'a device never has more commands than it takes at once (22)',
  watch: (w, ran) => {
    const depths = new Depths(ran)
    const busy = ran.header.devices.map(() => new Set<number>())
    /** A budget that was taken before the depth was lowered is good for a little longer: a batch takes all of its own first. */
    const before = ran.header.devices.map(() => ({ depth: 0, untilNs: -1 }))
    const mostFor = (dev: number, nowNs: number): number =>
      Math.max(depths.commands[dev]!, nowNs <= before[dev]!.untilNs ? before[dev]!.depth : 0)
    return {
      see(e) {
        if (e.kind === EventKind.queue_depth)
          before[e.dev] = { depth: mostFor(e.dev, e.timeNs), untilNs: e.timeNs + AFTER_NS }
        depths.note(e, w.tables.strings[e.arg] ?? '')
        if (e.kind === EventKind.rq_issue && w.isDisk(e.dev)) {
          const commands = busy[e.dev]!
          if (commands.has(e.subject)) return `request ${e.subject} is issued while the device has it`
          commands.add(e.subject)
          const most = mostFor(e.dev, e.timeNs) * depths.hwQueues[e.dev]!
          if (commands.size <= most) return undefined
          return `device ${e.dev} has ${commands.size} commands, it takes ${most}`
        }
        if (e.kind === EventKind.rq_complete || e.kind === EventKind.rq_requeue)
          busy[e.dev]?.delete(e.subject)
        return undefined
      },
    }
  },
}

const LEAVES_PLUG: ReadonlySet<number> = new Set([
  ...[EventKind.rq_insert, EventKind.rq_issue, EventKind.rq_dispatch_list, EventKind.rq_merge],
  ...[EventKind.rq_requeue, EventKind.rq_complete, EventKind.rq_free, EventKind.mpath_busy],
])

export const plugsAreEmptyInSleep: Law = {
  name: 'no request stays in the plug of a task that sleeps (35)',
  watch: (w) => {
    const plugged = new Map<number, number>()
    // works of one CPU share a kworker's name in the log, though each has a plug of its own
    const isKworker = (task: number): boolean => w.tables.tasks[task]?.comm.startsWith('kworker') === true
    return {
      see(e) {
        if (e.kind === EventKind.plug_add) {
          if (!isKworker(e.task)) plugged.set(e.subject, e.task)
        } else if (LEAVES_PLUG.has(e.kind)) plugged.delete(e.subject)
        else if (e.kind === EventKind.task_sleep) {
          for (const [rq, task] of plugged)
            if (task === e.task) return `task ${task} sleeps with request ${rq} in its plug`
        }
        return undefined
      },
      end: () => (plugged.size > 0 ? `${plugged.size} requests are in plugs at the end` : undefined),
    }
  },
}

/**
 * Letters of a request of dm: I, D and A as in a trace; r and R for a requeue to the dispatch list and to the requeue
 * list; c, C and X for completions of nothing, of data, and with an error; E for the error event.
 */
const GRAMMAR = /^I?(?:(?:D(?:A[cC]?)?)?(?:r|RI))*(?:DACc|DAC?XE|DAcXE|DXE)$/
const MERGED_AWAY = /^I?$/

export const grammarOfRequests: Law = {
  name: 'the events of a dm request follow the grammar of real traces (25)',
  watch: (w, { mode }) => {
    const words = new Map<number, string>()
    const mergedAway = new Set<number>()
    const letterOf = (e: Row): string => {
      switch (e.kind) {
        case EventKind.rq_insert:
          return 'I'
        case EventKind.rq_issue:
          return 'D'
        case EventKind.rq_requeue:
          return e.arg === RequeueTo.dispatch ? 'r' : 'R'
        case EventKind.rq_error:
          return 'E'
        case EventKind.rq_complete:
          if (e.arg !== 0) return 'X'
          return e.size === 0 ? 'c' : 'C'
        default:
          return ''
      }
    }
    return {
      see(e) {
        if (mode !== 'rq') return undefined
        if (e.kind === EventKind.rq_remap) words.set(e.object, `${words.get(e.object) ?? ''}A`)
        if (e.kind === EventKind.rq_merge) mergedAway.add(e.subject)
        if (!w.isMap(e.dev)) return undefined
        const letter = letterOf(e)
        if (letter !== '') words.set(e.subject, (words.get(e.subject) ?? '') + letter)
        if (e.kind !== EventKind.rq_free || w.requests.get(e.subject)?.flush !== false) return undefined
        const word = words.get(e.subject) ?? ''
        words.delete(e.subject)
        const grammar = mergedAway.has(e.subject) ? MERGED_AWAY : GRAMMAR
        return grammar.test(word) ? undefined : `request ${e.subject} goes ${word}`
      },
    }
  },
}

export const completionsOfBios: Law = {
  name: 'what takes bios in device-mapper completes each it queued, of what takes requests no bio reports by itself (26)',
  watch: (_, { mode, header }) => {
    const takesBios = header.devices.map(({ role }) => role === 'linear' || (role === 'dm' && mode === 'bio'))
    // what a head has queued reports its end where it is, unless a request does
    const mayReport = header.devices.map(
      ({ role }, dev) => takesBios[dev]! || (mode === 'native' && role !== 'partition'),
    )
    const open = header.devices.map(() => 0)
    return {
      see(e) {
        if (e.kind === EventKind.bio_queue || e.kind === EventKind.split) open[e.dev]!++
        if (e.kind !== EventKind.bio_complete) return undefined
        open[e.dev]!--
        return mayReport[e.dev] === true ? undefined : `bio ${e.subject} reports its end on device ${e.dev}`
      },
      end(result) {
        if (result.stuck > 0) return undefined
        const dev = open.findIndex((count, at) => takesBios[at] === true && count !== 0)
        return dev < 0 ? undefined : `device ${dev} queued ${open[dev]!} bios more than it completed`
      },
    }
  },
}

const REQUEUE_DELAY_NS = 100_000_000

export const timeAndCause: Law = {
  name: 'time never goes back, and nothing ends before it was begun (32)',
  watch: (w) => {
    let now = -1
    const issued = new Map<number, number>()
    return {
      see(e) {
        const before = now
        now = e.timeNs
        if (now < before) return `time goes from ${before} to ${now}`
        if (!Number.isInteger(now)) return `${now} is not a whole nanosecond`
        if (e.kind === EventKind.rq_issue) issued.set(e.subject, now)
        // a head has taken the bios of a request that ends with nothing done
        const isDone = e.kind === EventKind.rq_complete && e.arg === 0 && e.size > 0
        if (isDone && w.isDisk(e.dev) && !issued.has(e.subject))
          return w.requests.get(e.subject)?.flush === true
            ? undefined
            : `request ${e.subject} completes well without having been issued`
        return undefined
      },
    }
  },
}

export const delayedRequeuesWait: Law = {
  name: 'a delayed requeue waits for the shared 100 ms timer, counted from its last push, or a kick (32)',
  watch: (w) => {
    const listed = new Set<number>()
    const delayed = new Set<number>()
    let dueNs = 0
    /** The worker is on its way: what is put on the list until it inserts the first goes along. */
    let kicked = false
    return {
      see(e) {
        if (!w.isMap(e.dev)) return undefined
        const requeueTimer = e.object === TimerKind.requeue
        if (e.kind === EventKind.timer_arm && requeueTimer) dueNs = e.timeNs + REQUEUE_DELAY_NS
        // all that waits is taken off the list; the timer may run again before the last of it is inserted
        if (e.kind === EventKind.timer_end && requeueTimer) {
          if (e.arg === 0 && e.timeNs < dueNs)
            return `the timer runs out ${dueNs - e.timeNs} ns before its time`
          delayed.clear()
          kicked = true
        }
        if (e.kind === EventKind.rq_requeue && e.arg !== RequeueTo.dispatch) listed.add(e.subject)
        if (e.kind === EventKind.rq_requeue && e.arg === RequeueTo.delayed) delayed.add(e.subject)
        if (e.kind !== EventKind.rq_insert || !listed.delete(e.subject)) return undefined
        if (kicked) delayed.clear()
        kicked = false
        if (!delayed.delete(e.subject)) return undefined
        if (e.timeNs >= dueNs) return undefined
        return `request ${e.subject} is inserted ${dueNs - e.timeNs} ns before its time`
      },
    }
  },
}
