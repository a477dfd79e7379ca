/** An event with the words for its columns. */
import {
  BlkStatus,
  blkStatusName,
  type DeviceRole,
  opOf,
  type QueueMode,
  SECTOR_UNDEFINED,
} from '../../engine/log/index.ts'
import type { EventRow } from '../../record/event-row.ts'
import type { Picture } from '../../record/picture.ts'
import type { RunRecord } from '../../record/run-record.ts'
import type { LaneFacts } from '../facts.ts'
import { deviceName, thingName } from '../names.ts'
import { sizeText } from '../words.ts'
import { OPERATIONS } from './codes.ts'

export interface SentenceContext {
  readonly record: RunRecord
  readonly facts: LaneFacts
  /** State after the event. */
  readonly picture: Picture
}

export class Teller {
  readonly event: EventRow
  readonly context: SentenceContext

  constructor(context: SentenceContext, event: EventRow) {
    this.context = context
    this.event = event
  }

  get mode(): QueueMode {
    return this.context.record.header.mode
  }

  get subject(): string {
    return this.name(this.event.subject)
  }

  get object(): string {
    return this.name(this.event.object)
  }

  get dev(): string {
    return deviceName(this.context.record.header, this.event.dev)
  }

  get role(): DeviceRole | undefined {
    return this.context.record.header.devices[this.event.dev]?.role
  }

  get onDm(): boolean {
    return this.role === 'dm'
  }

  get size(): string {
    return sizeText(this.event.sizeSectors)
  }

  get where(): string {
    const { sector, sizeSectors } = this.event
    if (sector === SECTOR_UNDEFINED || sizeSectors === 0) return 'no data'
    return `${this.size} at sector ${sector}`
  }

  get operation(): string {
    return OPERATIONS[opOf(this.event.rwbs)] ?? 'command'
  }

  get task(): string {
    return this.context.record.tables.tasks[this.event.task]?.comm ?? 'a task'
  }

  get text(): string {
    return this.context.record.tables.strings[this.event.arg] ?? 'a command'
  }

  get bad(): boolean {
    return this.event.arg !== BlkStatus.OK
  }

  get status(): string {
    return blkStatusName(this.event.arg)
  }

  get selector(): string {
    const { header } = this.context.record
    return header.selectors[this.context.picture.currentGroup - 1] ?? header.selectors[0] ?? 'the selector'
  }

  name(id: number): string {
    return thingName({ header: this.context.record.header, facts: this.context.facts }, id)
  }

  /** Name of a device index + 1 as choose_path stores the next in line. */
  deviceAfter(index: number): string | undefined {
    return index === 0 ? undefined : deviceName(this.context.record.header, index - 1)
  }

  /** Bios in a request of the picture. */
  biosIn(id: number): number {
    const { picture } = this.context
    const slot = picture.find(id)
    return slot < 0 ? 0 : picture.slots.remaining[slot]!
  }
}

/** A phrase without capital and full stop. */
export type Tell = (t: Teller) => string
