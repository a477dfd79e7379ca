/**
 * The stored form of the log: fixed-width columns in chunks of a fixed number of events, 34 bytes an event.
 *
 * A chunk is what crosses the wall between worker and page (its buffers are transferred) and what the record keeps.
 * Ten million events are 340 MB. Sectors are 48 bits wide (two columns), which covers 128 PiB; the undefined sector of
 * a flush request (2^64 - 1 in a trace) is SECTOR_UNDEFINED, all 48 bits set.
 */
export const CHUNK_EVENTS = 8192
export const BYTES_PER_EVENT = 34
export const SECTOR_UNDEFINED = 281_474_976_710_655

export interface EventChunk {
  /** Events in use; the arrays are CHUNK_EVENTS long. */
  count: number
  readonly timeNs: Float64Array
  readonly sectorLow: Uint32Array
  readonly sectorHigh: Uint16Array
  readonly subject: Uint32Array
  readonly object: Uint32Array
  readonly size: Uint32Array
  readonly arg: Uint32Array
  readonly kind: Uint8Array
  readonly dev: Uint8Array
  readonly rwbs: Uint8Array
  readonly task: Uint8Array
}

/** One chunk is one ArrayBuffer, so that a transfer is one object; columns are ordered by width for alignment. */
export function createChunk(
  buffer: ArrayBuffer = new ArrayBuffer(CHUNK_EVENTS * BYTES_PER_EVENT),
  count = 0,
): EventChunk {
  const n = CHUNK_EVENTS
  let at = 0
  const place = (bytesPerItem: number): number => {
    const offset = at
    at += n * bytesPerItem
    return offset
  }
  return {
    count,
    timeNs: new Float64Array(buffer, place(8), n),
    sectorLow: new Uint32Array(buffer, place(4), n),
    subject: new Uint32Array(buffer, place(4), n),
    object: new Uint32Array(buffer, place(4), n),
    size: new Uint32Array(buffer, place(4), n),
    arg: new Uint32Array(buffer, place(4), n),
    sectorHigh: new Uint16Array(buffer, place(2), n),
    kind: new Uint8Array(buffer, place(1), n),
    dev: new Uint8Array(buffer, place(1), n),
    rwbs: new Uint8Array(buffer, place(1), n),
    task: new Uint8Array(buffer, place(1), n),
  }
}

/** The single buffer under a chunk, for transfer. */
export function chunkBuffer(chunk: EventChunk): ArrayBuffer {
  return chunk.timeNs.buffer as ArrayBuffer
}

export function sectorAt(chunk: EventChunk, row: number): number {
  return (chunk.sectorHigh[row] ?? 0) * 0x1_0000_0000 + (chunk.sectorLow[row] ?? 0)
}
