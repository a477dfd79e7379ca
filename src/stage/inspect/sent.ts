/** What was sent to devices for one I/O, against what was asked for: commands, and bytes of this I/O in them. */
import { EventKind } from '../../engine/log/index.ts'
import type { Family } from '../../record/family.ts'
import type { RunRecord } from '../../record/run-record.ts'

export interface Sent {
  readonly askedSectors: number
  /** Of this I/O alone: in a request that it shares with others its own part. */
  readonly sentSectors: number
  readonly commands: number
}

/** Up to an event. */
export function sentFor(record: RunRecord, family: Family, index: number): Sent {
  const members = new Set<number>(family.members.map(({ id }) => id))
  const own = new Map<number, number>()
  const add = (request: number, sectors: number): void => {
    own.set(request, (own.get(request) ?? 0) + sectors)
  }
  let askedSectors = 0
  let sentSectors = 0
  let commands = 0
  for (const event of family.events) {
    if (event > index) break
    const { kind, subject, object, sizeSectors, dev } = record.eventAt(event)
    switch (kind) {
      case EventKind.io_submit:
        askedSectors = sizeSectors
        break
      case EventKind.getrq:
        if (members.has(object)) add(subject, sizeSectors)
        break
      case EventKind.backmerge:
      case EventKind.frontmerge:
        if (members.has(subject)) add(object, sizeSectors)
        break
      case EventKind.rq_merge:
        add(object, own.get(subject) ?? 0)
        break
      case EventKind.rq_clone:
        own.set(subject, own.get(object) ?? 0)
        break
      case EventKind.rq_issue:
        if (record.header.devices[dev]?.role !== 'path') break
        commands++
        sentSectors += Math.min(own.get(subject) ?? 0, sizeSectors)
        break
      default:
    }
  }
  return { askedSectors, sentSectors, commands }
}

/** `sent 1.06 MiB for 1 MiB asked, in 32 commands` */
export function sentSentence({ askedSectors, sentSectors, commands }: Sent): string {
  const inCommands = `${commands} ${commands === 1 ? 'command' : 'commands'}`
  if (askedSectors === 0) return `no data asked; ${inCommands} sent`
  if (commands === 0) return `nothing sent yet for ${exactSize(askedSectors)} asked`
  return `sent ${exactSize(sentSectors)} for ${exactSize(askedSectors)} asked, in ${inCommands}`
}

/** To two decimals: one more piece of sixteen is seen. */
export function exactSize(sizeSectors: number): string {
  const bytes = sizeSectors * 512
  if (bytes < 1024) return `${bytes} B`
  const [value, unit] = bytes < 2 ** 20 ? [bytes / 1024, 'KiB'] : [bytes / 2 ** 20, 'MiB']
  return `${Number(value.toFixed(2))} ${unit}`
}
