/**
 * Operation and flags of an I/O, packed into one byte, and the letters that the kernel's tracepoints print for them.
 *
 * Source: kernel/trace/blktrace.c:blk_fill_rwbs, 4.8 to 6.19 (write zeroes print as N to 6.12, as WZ in 6.19).
 * Packed because an event has one byte for it: operation in the low three bits, flags above.
 */
export const Op = {
  READ: 0,
  WRITE: 1,
  FLUSH: 2,
  DISCARD: 3,
  SECURE_ERASE: 4,
  WRITE_ZEROES: 5,
  DRV_IN: 6,
  DRV_OUT: 7,
} as const
export type Op = (typeof Op)[keyof typeof Op]

/** Flag bits beside the operation. FAILFAST and NOMERGE are not among them: rwbs does not show them. */
export const RwbsFlag = { PREFLUSH: 8, FUA: 16, RAHEAD: 32, SYNC: 64, META: 128 } as const

/** An operation with its flags. */
export type Rwbs = number & { readonly __brand: 'Rwbs' }

export function packRwbs(op: Op, flags = 0): Rwbs {
  return (op | flags) as Rwbs
}

export function opOf(rwbs: number): Op {
  return (rwbs & 7) as Op
}

/** True for operations that carry data to the device (odd operation numbers of the kernel). */
export function isWrite(rwbs: number): boolean {
  const op = opOf(rwbs)
  return op !== Op.READ && op !== Op.DRV_IN
}

const OP_LETTERS: Readonly<Record<Op, string>> = {
  [Op.READ]: 'R',
  [Op.WRITE]: 'W',
  [Op.FLUSH]: 'F',
  [Op.DISCARD]: 'D',
  [Op.SECURE_ERASE]: 'DE',
  [Op.WRITE_ZEROES]: 'N',
  [Op.DRV_IN]: 'N',
  [Op.DRV_OUT]: 'N',
}

function spell(rwbs: number, writeZeroes: string): string {
  const f = RwbsFlag
  const op = opOf(rwbs)
  return (
    (rwbs & f.PREFLUSH ? 'F' : '') +
    (op === Op.WRITE_ZEROES ? writeZeroes : OP_LETTERS[op]) +
    (rwbs & f.FUA ? 'F' : '') +
    (rwbs & f.RAHEAD ? 'A' : '') +
    (rwbs & f.SYNC ? 'S' : '') +
    (rwbs & f.META ? 'M' : '')
  )
}

/** Letters for each of the 256 packed values; how write zeroes are spelt depends on the kernel. */
export function rwbsTexts(writeZeroes: 'N' | 'WZ'): readonly string[] {
  return Array.from({ length: 256 }, (_, rwbs) => spell(rwbs, writeZeroes))
}

export const RWBS_TEXT: readonly string[] = rwbsTexts('N')
