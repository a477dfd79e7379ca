/**
 * One lane while it is shown: the record's picture, where it belongs on the stage, and who is moving there. Holds what
 * changes per frame; a view asks it to go to an event and to draw.
 */
import type { Picture } from '../record/picture.ts'
import { ObjectType, Place, type ObjectId } from '../record/places.ts'
import { PictureCursor } from '../record/picture-cursor.ts'
import type { RunRecord } from '../record/run-record.ts'
import { familyRows, rangeRows, type LitRange } from './family.ts'
import { originalOf } from './names.ts'
import { LaneFacts } from './facts.ts'
import { layoutLane } from './layout/layout.ts'
import type { LaneLayout, Room } from './layout/parts.ts'
import { type LaneShape, shapeOfHeader } from './layout/shape.ts'
import type { Painter } from './painter.ts'
import { MOTION_MS, Positions } from './motion/positions.ts'
import { drawGhost } from './scene/ghost.ts'
import { hitTest } from './scene/hit-test.ts'
import { CROWD_FROM, drawScene, type Scene } from './scene/scene.ts'
import { StripColumns } from './strip.ts'
import { Look } from './targets/look.ts'
import { Placer } from './targets/placer.ts'
import { Targets } from './targets/targets.ts'

/** Until a view says how much there is: the lane of a page of 1280x720. */
const FIRST_ROOM: Room = { widthPx: 570, heightPx: 500, unitPx: 1 }

export function shapeOf(record: RunRecord): LaneShape {
  return shapeOfHeader(record.header)
}

/** The same boxes stand at the same places: only then does a place mean the same in both. */
function isComparable(a: LaneLayout, b: LaneLayout): boolean {
  return (
    a.paths.length === b.paths.length &&
    a.layers.length === b.layers.length &&
    (a.map === undefined) === (b.map === undefined)
  )
}

export class LaneShow {
  readonly record: RunRecord
  readonly facts: LaneFacts
  readonly strip: StripColumns = new StripColumns()
  /** `A` for the first lane. */
  readonly letter: string
  /** Simulated time of the frame that is drawn next; between events it runs on. */
  timeNs = 0
  layout: LaneLayout
  /** Drawn over everything else: what loads after the first picture. */
  over: ((painter: Painter, scene: Scene) => void) | undefined
  private readonly pictures: PictureCursor
  private readonly targets: Targets = new Targets()
  private readonly placer: Placer = new Placer()
  private readonly positions: Positions = new Positions()
  private family: Uint8Array = new Uint8Array(0)
  private shownPicture: Picture
  private placedIndex = NaN
  private readChunks = 0
  private stale = true
  private followed = 0
  private lit: LitRange | undefined
  /** Time for which the rings of timers were drawn; undefined when there was none. */
  private ringNs: number | undefined
  private cursorId = 0

  constructor(record: RunRecord, letter = 'A') {
    this.record = record
    this.letter = letter
    this.facts = new LaneFacts(record.header)
    this.pictures = new PictureCursor(record)
    this.shownPicture = this.pictures.at(-1)
    this.layout = layoutLane(shapeOf(record), FIRST_ROOM)
  }

  /** State of everything at the moment that is shown; its columns are good until the next `goTo`. */
  get picture(): Picture {
    return this.shownPicture
  }

  /** So many things are on the stage that they are drawn plainly. */
  get isCrowd(): boolean {
    return this.targets.shown > CROWD_FROM
  }

  get index(): number {
    return this.shownPicture.index
  }

  setLayout(layout: LaneLayout): void {
    this.layout = layout
    this.positions.forget()
    this.invalidate()
  }

  /** Something beside time has changed: place and draw again. */
  invalidate(): void {
    this.placedIndex = NaN
  }

  /** The next frame is drawn whether it differs from this one or not. */
  redraw(): void {
    this.stale = true
  }

  /** Dims everything that is not of the family of an object; 0 follows nobody. */
  follow(id: number): void {
    this.followed = id
    this.invalidate()
  }

  /** I/Os that were under way in a range stand out; while one is followed, that one does. */
  light(range: LitRange | undefined): void {
    if (this.lit === range) return
    this.lit = range
    this.invalidate()
  }

  /** Moves the keyboard cursor among the things on the stage, in order of their birth; returns its new place. */
  moveCursor(direction: 1 | -1): number {
    const ids = this.visibleIds()
    const at = ids.indexOf(this.cursorId)
    const from = at < 0 && direction === -1 ? 0 : at
    this.cursorId = ids[(from + direction + ids.length) % Math.max(1, ids.length)] ?? 0
    this.invalidate()
    return this.cursorId
  }

  get cursor(): number {
    return this.cursorId
  }

  hideCursor(): void {
    this.cursorId = 0
    this.invalidate()
  }

  /** Chunks of the record that are in the facts. */
  get chunksRead(): number {
    return this.readChunks
  }

  /** Takes the events that have arrived since the last call into the facts. */
  readArrivals(): boolean {
    const { chunks } = this.record
    const before = this.facts.events
    while (this.readChunks < chunks.length) {
      const chunk = chunks[this.readChunks]!
      this.facts.read(chunk)
      this.readChunks++
    }
    if (this.facts.events === before) return false
    this.strip.update(this.facts)
    this.invalidate()
    return true
  }

  /** Shows the moment after an event; with `motionMs` 0 everything is there at once. */
  goTo(index: number, nowMs: number, motionMs: number = MOTION_MS): void {
    if (index === this.placedIndex) return
    this.shownPicture = this.pictures.at(index)
    this.placedIndex = index
    this.placer.place(this.shownPicture, this.layout, this.facts, this.targets)
    this.positions.retarget(this.targets, this.shownPicture, this.layout, nowMs, motionMs)
    this.stale = true
  }

  /** True while a frame would look different from the last one drawn. */
  needsFrame(nowMs: number): boolean {
    const ringMoves = this.ringNs !== undefined && this.ringNs !== this.timeNs
    return this.stale || ringMoves || nowMs < this.positions.restMs
  }

  /** `other`: a lane that is seen as a ghost in this one, where the two can be compared. */
  draw(painter: Painter, nowMs: number, other?: LaneShow): void {
    this.positions.at(nowMs)
    this.stale = nowMs < this.positions.restMs
    const scene = this.scene()
    this.ringNs = drawScene(painter, scene) ? this.timeNs : undefined
    this.over?.(painter, scene)
    if (other !== undefined && isComparable(this.layout, other.layout))
      drawGhost(painter, this.layout, { ...other.scene(), letter: other.letter })
    painter.end()
  }

  /** The thing at a point. */
  idAt(x: number, y: number): ObjectId | undefined {
    const row = hitTest(this.scene(), x, y)
    return row < 0 ? undefined : this.shownPicture.idAt(row)
  }

  /** Ids of what can be pointed at. */
  private visibleIds(): number[] {
    const ids: number[] = []
    for (let row = 0; row < this.targets.count; row++)
      if (this.targets.look[row] !== Look.none && this.targets.look[row] !== Look.ended)
        ids.push(this.shownPicture.slots.id[row]!)
    return ids.sort((a, b) => a - b)
  }

  /** The original bio after or before one, by number; from nobody the oldest on the stage. 0 = there is none. */
  nextBio(from: number, direction: 1 | -1): number {
    const { facts } = this
    if (from !== 0) return facts.bioId(facts.ordinalOf(originalOf(facts, from)) + direction)
    const { slots } = this.picture
    let oldest = 0
    for (let row = 0; row < this.targets.count; row++) {
      const original = slots.type[row] === ObjectType.original && slots.place[row] !== Place.ended
      if (original && (oldest === 0 || slots.id[row]! < oldest)) oldest = slots.id[row]!
    }
    return oldest === 0 ? facts.bioId(1) : oldest
  }

  private scene(): Scene {
    const { picture, layout, facts, targets, positions, strip, timeNs } = this
    const all = this.followed === 0 && this.lit === undefined
    const family = all ? undefined : this.markFamily()
    return {
      picture,
      layout,
      facts,
      targets,
      positions,
      strip,
      family,
      isFollowed: this.followed !== 0,
      cursor: picture.find(this.cursorId),
      timeNs,
    }
  }

  private markFamily(): Uint8Array {
    if (this.family.length < this.targets.count) this.family = new Uint8Array(this.targets.count * 2)
    const { picture, facts, family, followed, lit } = this
    if (followed !== 0) familyRows(picture, facts, followed, family)
    else if (lit !== undefined) rangeRows(picture, facts, lit, family)
    return this.family
  }
}
