/**
 * The door for whoever lets people write scenarios: pure functions on texts and documents, small enough to run at every
 * key. Whether a text runs is judged by resolve.ts, in the worker.
 */
import { COMPLETIONS, TRANSPORTS } from '../schema/service.ts'
import { scenarioFile } from '../schema/file.ts'
import { device, partition } from '../schema/device.ts'
import { GALLERY } from '../gallery/index.ts'
import { fieldsOf, type Field } from './fields.ts'
import { printScenario } from './print.ts'

export {
  readTable,
  tableContext,
  tableProblem,
  tokenAt,
  type TableReading,
  type TableToken,
} from './table-words.ts'
export { draftFrom, tooMuch, MOST_EDITED, type DraftFrom } from './draft-from.ts'
export { factsOf, KERNEL_NAMES, type DeviceFacts, type DraftFacts } from './facts.ts'
export { isObject, listAt, valueAt, withInserted, withMoved, withValue } from './document.ts'
export { OFFERED, verbOf, type Verb } from './verbs.ts'
export type { Field, FieldShape } from './fields.ts'
export { printScenario } from './print.ts'
export { DRIVERS, QUEUE_ATTRIBUTES } from '../words.ts'

/** Fields of a model of service times and of a transport, by kind, without the kind itself. */
export const COMPLETION_FIELDS: Readonly<Record<string, readonly Field[]>> = byKind(COMPLETIONS)
export const TRANSPORT_FIELDS: Readonly<Record<string, readonly Field[]>> = byKind(TRANSPORTS)
export const DEVICE_FIELDS: readonly Field[] = fieldsOf(device)
export const PARTITION_FIELDS: readonly Field[] = fieldsOf(partition)
export const FILE_FIELDS: readonly Field[] = fieldsOf(scenarioFile)

function byKind(
  kinds: Readonly<Record<string, Parameters<typeof fieldsOf>[0]>>,
): Record<string, readonly Field[]> {
  return Object.fromEntries(
    Object.entries(kinds).map(([kind, schema]) => [
      kind,
      fieldsOf(schema).filter(({ name }) => name !== 'kind'),
    ]),
  )
}

/** A built-in scenario as the text it would be in a file; undefined where there is none of that name. */
export function galleryText(name: string): string | undefined {
  const entry = GALLERY.find(({ scenario }) => scenario === name)
  return entry === undefined ? undefined : printScenario(entry)
}
