/** A column of numbers that grows at its end, in one typed array that doubles when it is full. */
type Numbers = Float64Array | Uint32Array | Int32Array | Uint8Array

const FIRST_ROWS = 256

export class Column<T extends Numbers> {
  length = 0
  private data: T
  private readonly make: (rows: number) => T

  constructor(make: (rows: number) => T) {
    this.make = make
    this.data = make(FIRST_ROWS)
  }

  push(value: number): void {
    if (this.length === this.data.length) this.grow()
    this.data[this.length++] = value
  }

  /** NaN beyond the end. */
  at(row: number): number {
    return row < this.length ? (this.data[row] ?? NaN) : NaN
  }

  set(row: number, value: number): void {
    this.data[row] = value
  }

  /** The rows so far; good until the next push. */
  get values(): T {
    return this.data.subarray(0, this.length) as T
  }

  /** First row whose value is not below x, the length when there is none; of a column that never falls. */
  firstNotBelow(x: number): number {
    const { data } = this
    let low = 0
    let high = this.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (data[middle]! < x) low = middle + 1
      else high = middle
    }
    return low
  }

  private grow(): void {
    const larger = this.make(this.data.length * 2)
    larger.set(this.data)
    this.data = larger
  }
}

export function floats(): Column<Float64Array> {
  return new Column((rows) => new Float64Array(rows))
}

export function words(): Column<Uint32Array> {
  return new Column((rows) => new Uint32Array(rows))
}

export function bytes(): Column<Uint8Array> {
  return new Column((rows) => new Uint8Array(rows))
}
