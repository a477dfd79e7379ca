/** Devices and the dm device, as a file may state them. */
import * as v from 'valibot'
import type { FileDevice, FileDm, FileStackDevice } from '../form.ts'
import { LIMITS } from '../limits.ts'
import { ACCESS_STATES, ANA_STATES, DRIVERS, HW_HANDLERS, QUEUE_ATTRIBUTES, SCSI_STATES } from '../words.ts'
import { fields, listOf, oneOf, recordOf, shaped, text, whole } from './primitives.ts'
import { completion, transport } from './service.ts'

const optional = v.exactOptional
const attributeValue = v.union(
  [whole(0, Number.MAX_SAFE_INTEGER), text()],
  'write a whole number or a text, as sysfs shows it',
)
const queue = recordOf(oneOf(QUEUE_ATTRIBUTES), attributeValue)
export const deviceName: v.GenericSchema<unknown, string> = shaped(
  /^[A-Za-z0-9][A-Za-z0-9_.-]*$/,
  'write a name of letters, digits, "-", "_" and "."',
  LIMITS.name,
)
const devNumber = shaped(/^(0|[1-9]\d{0,3}):(0|[1-9]\d{0,6})$/, 'write major:minor, such as "8:16"')
const sectors = whole(1, LIMITS.sectors)

export const device: v.GenericSchema<unknown, FileDevice> = fields({
  name: optional(deviceName),
  dev: optional(devNumber),
  driver: optional(oneOf(DRIVERS)),
  sectors: optional(sectors),
  queue: optional(queue),
  queue_depth: optional(whole(1, 65_535)),
  host_tags: optional(whole(1, 65_535)),
  hw_queues: optional(whole(1, LIMITS.cpus)),
  completion: optional(completion),
  transport: optional(transport),
  scsi_state: optional(oneOf(SCSI_STATES)),
  lun: optional(text()),
  hw_handler_attached: optional(oneOf(HW_HANDLERS)),
  access_state: optional(oneOf(ACCESS_STATES)),
  access_state_reported: optional(oneOf(ACCESS_STATES)),
  ana_state: optional(oneOf(ANA_STATES)),
  tpgs: optional(oneOf(['implicit', 'explicit'])),
  medium_error: optional(
    fields({ first_sector: whole(0, LIMITS.sectors), sectors: whole(0, LIMITS.sectors), commands: text() }),
  ),
})

const oneMap: v.GenericSchema<unknown, FileDm> = fields({
  name: optional(deviceName),
  dev: optional(devNumber),
  sectors: optional(sectors),
  table: optional(text(LIMITS.tableLine)),
  queue: optional(fields({ bio: optional(queue), rq: optional(queue) })),
})

const severalMaps: v.GenericSchema<unknown, FileDm> = v.custom<FileDm>(
  () => false,
  'write one object in curly brackets: a scenario has one multipath map, and what is over or under it goes into "stack"',
)

export const dm: v.GenericSchema<unknown, FileDm> = v.lazy((input) =>
  Array.isArray(input) && input.length > 1 ? severalMaps : oneMap,
)

const linear = fields({
  name: optional(deviceName),
  dev: optional(devNumber),
  table: v.union(
    [text(LIMITS.tableLine), listOf(text(LIMITS.word), 1, LIMITS.segmentsOfVolume)],
    'write a line such as "0 2048 linear 253:0 0", or a list of them',
  ),
})

export const partition: v.GenericSchema<
  unknown,
  Extract<FileStackDevice, { readonly partition_of: string }>
> = fields({
  name: optional(deviceName),
  dev: optional(devNumber),
  partition_of: deviceName,
  start_sector: optional(whole(1, LIMITS.sectors)),
  sectors: optional(sectors),
})

/** What it is shows in one field, so that a fault is reported against what was meant. */
export const stackDevice: v.GenericSchema<unknown, FileStackDevice> = v.lazy((input) =>
  typeof input === 'object' && input !== null && Object.hasOwn(input, 'partition_of') ? partition : linear,
)
