/**
 * The rows of a picture in order of birth (of id), kept from picture to picture: those that are gone are taken out, the
 * new ones go to the end. A queue that is filled in this order is sorted already.
 */
import type { Picture } from '../../record/picture.ts'
import { ObjectType } from '../../record/places.ts'

export class BirthOrder {
  rows: Int32Array = new Int32Array(256)
  count = 0
  /** Who was there when the order was made: id by place in the order, and by row. */
  private ids: Uint32Array = new Uint32Array(256)
  private idOfRow: Uint32Array = new Uint32Array(256)

  update(picture: Picture): void {
    const { slots } = picture
    if (this.rows.length < slots.count) this.grow(slots.count * 2)
    this.dropGone(picture)
    const kept = this.count
    for (let row = 0; row < slots.count; row++) {
      if (slots.type[row] === ObjectType.free || this.idOfRow[row] === slots.id[row]) continue
      this.idOfRow[row] = slots.id[row]!
      this.rows[this.count++] = row
    }
    this.sortFrom(kept, slots.id)
  }

  private dropGone({ slots }: Picture): void {
    let kept = 0
    for (let i = 0; i < this.count; i++) {
      const row = this.rows[i]!
      const id = this.ids[i]!
      if (row < slots.count && slots.id[row] === id && slots.type[row] !== ObjectType.free) {
        this.rows[kept] = row
        this.ids[kept++] = id
      } else if (this.idOfRow[row] === id) this.idOfRow[row] = 0
    }
    this.count = kept
  }

  private sortFrom(kept: number, id: Uint32Array): void {
    const byId = (a: number, b: number): number => id[a]! - id[b]!
    this.rows.subarray(kept, this.count).sort(byId)
    // After a jump back some of the new are older than those that stayed.
    const joint = kept > 0 && kept < this.count && byId(this.rows[kept - 1]!, this.rows[kept]!) > 0
    if (joint) this.rows.subarray(0, this.count).sort(byId)
    for (let i = joint ? 0 : kept; i < this.count; i++) this.ids[i] = id[this.rows[i]!]!
  }

  private grow(size: number): void {
    const rows = new Int32Array(size)
    rows.set(this.rows)
    this.rows = rows
    const ids = new Uint32Array(size)
    ids.set(this.ids)
    this.ids = ids
    const idOfRow = new Uint32Array(size)
    idOfRow.set(this.idOfRow)
    this.idOfRow = idOfRow
  }
}
