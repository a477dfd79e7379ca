/**
 * The memory under a bio, as far as block limits see it: where vectors begin and end.
 *
 * A buffer is page-aligned, or cut into equal pieces with gaps as large as a piece between them (the `segments` of a
 * scenario). Every page is a vector of its own; buffers of two I/Os are never adjacent in memory. Data is not stored; a
 * buffer that somebody will check carries a mark in its place (drivers/media.ts), which clones and fragments share with it.
 */
import { PAGE_BYTES } from '../kernel/constants.ts'
import { ExtentMap } from './extent-map.ts'

export interface Buffer {
  /** Bytes of each contiguous piece; Infinity for one contiguous buffer. */
  readonly pieceBytes: number
  /** Most bytes of it that one bio takes; absent: what 256 pages hold. */
  readonly bioBytes?: number
  /** Only for I/O that is verified. */
  readonly data?: CheckedData
}

/** What the memory of one verified I/O stands for. */
export interface CheckedData {
  /** The application's sector that byte 0 of the buffer belongs to. */
  readonly firstSector: number
  /** Of a write: what the media is marked with. */
  readonly stamp: number
  /** Of a read: what came, by the application's sectors. */
  readonly received: ExtentMap
}

/** Memory of an I/O whose data will be checked. */
export function checkedBuffer(firstSector: number, stamp: number): Buffer {
  return { pieceBytes: Infinity, data: { firstSector, stamp, received: new ExtentMap() } }
}

export const CONTIGUOUS: Buffer = { pieceBytes: Infinity }

export function piecesOf(pieceBytes: number): Buffer {
  return { pieceBytes }
}

/** Offset of a byte of the buffer within its page. */
export function pageOffset(buffer: Buffer, at: number): number {
  return addressOf(buffer, at) % PAGE_BYTES
}

/** Bytes from `at` to the end of the vector it lies in. */
export function vectorRest(buffer: Buffer, at: number): number {
  const toPageEnd = PAGE_BYTES - pageOffset(buffer, at)
  if (buffer.pieceBytes === Infinity) return toPageEnd
  return Math.min(toPageEnd, buffer.pieceBytes - (at % buffer.pieceBytes))
}

/** Number of vectors in `length` bytes from `at`. */
export function vectorCount(buffer: Buffer, at: number, length: number): number {
  if (buffer.pieceBytes === Infinity) {
    return length === 0 ? 0 : Math.floor((at + length - 1) / PAGE_BYTES) - Math.floor(at / PAGE_BYTES) + 1
  }
  let count = 0
  for (let done = 0; done < length; count++) done += vectorRest(buffer, at + done)
  return count
}

function addressOf(buffer: Buffer, at: number): number {
  if (buffer.pieceBytes === Infinity) return at
  const piece = Math.floor(at / buffer.pieceBytes)
  return 2 * piece * buffer.pieceBytes + (at - piece * buffer.pieceBytes)
}
