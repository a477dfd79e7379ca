/** Options of multipath.conf, under their own names. */
import * as v from 'valibot'
import type { FileMultipathd } from '../form.ts'
import { LIMITS } from '../limits.ts'
import { fields, oneOf, whole } from './primitives.ts'

const optional = v.exactOptional
const seconds = whole(1, LIMITS.transportS)
const checks = whole(0, 1000)

/** One of a few words, or a number. */
function wordOr<const Words extends readonly string[]>(
  words: Words,
  least: number,
  most: number,
): v.GenericSchema<unknown, Words[number] | number> {
  const remedy = `write ${words.map((word) => `"${word}"`).join(', ')} or a whole number from ${least} to ${most}`
  return v.union([oneOf(words), whole(least, most)], remedy)
}

export const multipathd: v.GenericSchema<unknown, FileMultipathd> = fields({
  polling_interval: optional(seconds),
  max_polling_interval: optional(seconds),
  path_checker: optional(oneOf(['tur', 'directio', 'readsector0', 'none'])),
  checker_timeout: optional(seconds),
  no_path_retry: optional(wordOr(['fail', 'queue'], 1, 1000)),
  failback: optional(wordOr(['manual', 'immediate', 'followover'], 1, LIMITS.transportS)),
  prio: optional(oneOf(['const', 'alua'])),
  path_grouping_policy: optional(oneOf(['failover', 'multibus', 'group_by_prio'])),
  fast_io_fail_tmo: optional(wordOr(['off'], 0, LIMITS.transportS)),
  dev_loss_tmo: optional(wordOr(['infinity'], 1, 0x7fff_ffff)),
  delay_watch_checks: optional(checks),
  delay_wait_checks: optional(checks),
})
