/**
 * blk_status_t as the engine carries it, and the errno that the kernel prints for it.
 * Source: block/blk-core.c:blk_errors, 6.1 and 6.12 (the two agree); -5, -19, -28, -61, -67 seen in traces.
 */
export const BlkStatus = {
  OK: 0,
  NOTSUPP: 1,
  TIMEOUT: 2,
  NOSPC: 3,
  TRANSPORT: 4,
  TARGET: 5,
  RESV_CONFLICT: 6,
  MEDIUM: 7,
  PROTECTION: 8,
  RESOURCE: 9,
  IOERR: 10,
  DM_REQUEUE: 11,
  AGAIN: 12,
  DEV_RESOURCE: 13,
  OFFLINE: 16,
} as const
export type BlkStatus = (typeof BlkStatus)[keyof typeof BlkStatus]

const ERRNO: Readonly<Record<number, number | undefined>> = {
  [BlkStatus.OK]: 0,
  [BlkStatus.NOTSUPP]: -95,
  [BlkStatus.TIMEOUT]: -110,
  [BlkStatus.NOSPC]: -28,
  [BlkStatus.TRANSPORT]: -67,
  [BlkStatus.TARGET]: -121,
  [BlkStatus.RESV_CONFLICT]: -52,
  [BlkStatus.MEDIUM]: -61,
  [BlkStatus.PROTECTION]: -84,
  [BlkStatus.RESOURCE]: -12,
  [BlkStatus.IOERR]: -5,
  [BlkStatus.DM_REQUEUE]: -78,
  [BlkStatus.AGAIN]: -11,
  [BlkStatus.DEV_RESOURCE]: -16,
  [BlkStatus.OFFLINE]: -19,
}

const NAME_OF = new Map<number, string>(Object.entries(BlkStatus).map(([name, value]) => [value, name]))

/** The (negative) errno of a status, as block events print it. Unknown numbers are -EIO, as in the kernel. */
export function errnoOf(status: number): number {
  return ERRNO[status] ?? -5
}

/** `BLK_STS_MEDIUM` and so on, for sentences and labels. */
export function blkStatusName(status: number): string {
  return `BLK_STS_${NAME_OF.get(status) ?? String(status)}`
}
