/**
 * How a device serves and what carries its commands: one schema per kind, chosen by `kind`, so that a fault is reported
 * against the kind that was meant.
 */
import * as v from 'valibot'
import type { FileCompletion, FileTransport } from '../form.ts'
import { LIMITS } from '../limits.ts'
import { fields, numberBetween, oneOf, whole } from './primitives.ts'

const optional = v.exactOptional
const ns = whole(0, LIMITS.durationNs)
const rate = whole(LIMITS.leastBytesPerS, LIMITS.mostBytesPerS)
const width = whole(1, 65_535)
const seconds = whole(1, LIMITS.transportS)

type Kinds<T> = Readonly<Record<string, v.GenericSchema<unknown, T>>>

/** The schema of the kind that is named; one that words the fault where none or an unknown one is. */
function byKind<T>(kinds: Kinds<T>): v.GenericSchema<unknown, T> {
  const names = Object.keys(kinds)
  const unknown = v.object(
    { kind: oneOf(names) },
    `add "kind", one of ${names.join(', ')}`,
  ) as v.GenericSchema as v.GenericSchema<unknown, T>
  const notAnObject = v.custom<T>(() => false, 'write an object in curly brackets')
  return v.lazy((input) => {
    if (typeof input !== 'object' || input === null || Array.isArray(input)) return notAnObject
    const { kind } = input as { readonly kind?: unknown }
    return typeof kind === 'string' && Object.hasOwn(kinds, kind) ? kinds[kind]! : unknown
  })
}

export const COMPLETIONS: Kinds<FileCompletion> = {
  immediate: fields({ kind: v.literal('immediate') }),
  timer: fields({ kind: v.literal('timer'), ns }),
  linear: fields({ kind: v.literal('linear'), per_io_ns: ns, bytes_per_s: rate }),
  disk: fields({
    kind: v.literal('disk'),
    rpm: optional(whole(60, 60_000)),
    track_to_track_ns: optional(ns),
    full_stroke_ns: optional(ns),
    bytes_per_s: optional(rate),
  }),
  nvme: fields({
    kind: v.literal('nvme'),
    read_ns: optional(ns),
    write_ns: optional(ns),
    width: optional(width),
    bytes_per_s: optional(rate),
  }),
  array: fields({
    kind: v.literal('array'),
    link_latency_ns: optional(ns),
    link_bytes_per_s: optional(rate),
    hit_ns: optional(ns),
    miss_ns: optional(ns),
    write_ns: optional(ns),
    hit_ratio: optional(numberBetween(0, 1)),
    width: optional(width),
    queue_limit: optional(width),
  }),
}

export const TRANSPORTS: Kinds<FileTransport> = {
  fc: fields({
    kind: v.literal('fc'),
    fast_io_fail_tmo_s: optional(whole(0, LIMITS.transportS)),
    dev_loss_tmo_s: optional(seconds),
  }),
  sas: fields({ kind: v.literal('sas') }),
  'nvme-tcp': fields({
    kind: v.literal('nvme-tcp'),
    reconnect_delay_s: optional(seconds),
    ctrl_loss_tmo_s: optional(whole(-1, LIMITS.transportS)),
    fast_io_fail_tmo_s: optional(whole(0, LIMITS.transportS)),
    keep_alive_tmo_s: optional(seconds),
  }),
  iscsi: fields({
    kind: v.literal('iscsi'),
    replacement_timeout_s: optional(seconds),
    noop_interval_s: optional(seconds),
    noop_timeout_s: optional(seconds),
  }),
}

export const completion: v.GenericSchema<unknown, FileCompletion> = byKind(COMPLETIONS)
export const transport: v.GenericSchema<unknown, FileTransport> = byKind(TRANSPORTS)
