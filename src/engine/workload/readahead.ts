/**
 * The readahead window of one open file: mm/readahead.c:page_cache_sync_ra, page_cache_async_ra, get_init_ra_size,
 * get_next_ra_size, 6.12. Pages, not bytes; seen: c7 (windows of 32, 64, 128 and 256 pages).
 */
export interface ReadRequest {
  readonly firstPage: number
  readonly pages: number
  /** The page that starts the next window when it is read; -1 for none. */
  readonly marker: number
}

export class Readahead {
  private readonly maxPages: number
  private start = 0
  private size = 0
  private previousPage = -1

  /** `maxPages`: read_ahead_kb of the device in pages; 0 reads just what is asked for. */
  constructor(maxPages: number) {
    this.maxPages = maxPages
  }

  /** A page is missing: what to read now. `cachedBefore`: pages in cache right before it. */
  onMiss(page: number, wanted: number, cachedBefore: number): ReadRequest {
    if (this.maxPages === 0) return { firstPage: page, pages: wanted, marker: -1 }
    const sequential = page === 0 || wanted > this.maxPages || page - this.previousPage <= 1
    if (sequential) {
      const size = initialSize(wanted, this.maxPages)
      return this.window(page, size, size > wanted ? size - wanted : size)
    }
    if (cachedBefore <= wanted) return { firstPage: page, pages: wanted, marker: -1 }
    const history = cachedBefore === page ? cachedBefore * 2 : cachedBefore
    return this.window(page, Math.min(history + wanted, this.maxPages), 1)
  }

  /** The marker has been reached: the next window follows the present one. */
  onMarker(): ReadRequest {
    const size = nextSize(this.size, this.maxPages)
    return this.window(this.start + this.size, size, size)
  }

  /** Remembers where the file was read last. */
  readUpTo(page: number): void {
    this.previousPage = page
  }

  private window(start: number, size: number, asyncSize: number): ReadRequest {
    this.start = start
    this.size = size
    return { firstPage: start, pages: size, marker: start + size - asyncSize }
  }
}

function initialSize(wanted: number, max: number): number {
  const power = 2 ** Math.ceil(Math.log2(wanted))
  if (power <= max / 32) return power * 4
  return power <= max / 4 ? power * 2 : max
}

function nextSize(current: number, max: number): number {
  if (current < max / 16) return 4 * current
  return current <= max / 2 ? 2 * current : max
}
