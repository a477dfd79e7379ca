/**
 * Where everything in a picture belongs on the stage: a pure function of (picture, layout, facts). Who moves there, and
 * how, is the business of positions.ts.
 *
 * One row per row of the picture's slots. A bio inside a request lies inside the frame that stands for the request on
 * screen: while a request clone runs, that is the clone's frame on the path, and the original request stays behind on the
 * dm device as an empty frame that holds a tag.
 */
import { SECTOR_UNDEFINED } from '../engine/log/index.ts'
import type { Picture } from '../record/picture.ts'
import { NO_SLOT, ObjectType, Place } from '../record/places.ts'
import { colourStep } from './address-colour.ts'
import type { LaneFacts } from './facts.ts'
import type { LaneLayout, PathBox } from './layout.ts'
import { createPacking, gridFor, pack, type PackStyle, type Packing } from './pack.ts'
import { inset, rect, type Rect } from './rect.ts'
import { BIO_GAP, BIO_HEIGHT, bioWidth, FRAME_GAP, FRAME_PAD, TAB_HEIGHT } from './sizes.ts'

export const Look = {
  none: 0,
  /** An application I/O: a dashed outline. */
  io: 1,
  /** A bio. */
  block: 2,
  /** A bio that waits for its clones or fragments: the outline it left behind. */
  waiting: 3,
  /** A bio clone: a block with a halo. */
  clone: 4,
  /** A request. */
  frame: 5,
  /** A dm request whose clone runs: an empty frame that holds its tag. */
  held: 6,
  /** A request clone. */
  clone_frame: 7,
  /** On its way to the address strip; seen only while it moves. */
  ended: 8,
} as const
export type Look = (typeof Look)[keyof typeof Look]

export class Targets {
  x: Float32Array = new Float32Array(0)
  y: Float32Array = new Float32Array(0)
  w: Float32Array = new Float32Array(0)
  h: Float32Array = new Float32Array(0)
  look: Uint8Array = new Uint8Array(0)
  colour: Uint8Array = new Uint8Array(0)
  /** Row of the frame that a bio is drawn in, or NO_SLOT. */
  host: Int32Array = new Int32Array(0)
  /** 1 where the frame has room for its tab. */
  tab: Uint8Array = new Uint8Array(0)
  /** Rows in use. */
  count = 0
  /** Things on the stage. */
  shown = 0
  /** Whether the pocket of the dm device is used, then of each path in layout order. */
  pockets: Uint8Array = new Uint8Array(1)

  reset(count: number, paths: number): void {
    if (this.x.length < count) this.grow(Math.max(count, this.x.length * 2))
    if (this.pockets.length !== paths + 1) this.pockets = new Uint8Array(paths + 1)
    this.pockets.fill(0)
    this.count = count
    this.shown = 0
    this.look.fill(Look.none, 0, count)
    this.host.fill(NO_SLOT, 0, count)
    this.tab.fill(0, 0, count)
  }

  private grow(size: number): void {
    this.x = new Float32Array(size)
    this.y = new Float32Array(size)
    this.w = new Float32Array(size)
    this.h = new Float32Array(size)
    this.look = new Uint8Array(size)
    this.colour = new Uint8Array(size)
    this.host = new Int32Array(size)
    this.tab = new Uint8Array(size)
  }
}

/** Working memory of one lane; the lists keep their capacity from picture to picture. */
export class Placer {
  private readonly app: number[] = []
  private readonly originals: number[] = []
  private readonly dmClones: number[] = []
  private readonly dmBand: number[] = []
  private readonly choosing: number[] = []
  private readonly dmPocket: number[] = []
  private bands: number[][] = []
  private pathPockets: number[][] = []
  private devices: number[][] = []
  private readonly widths: number[] = []
  private readonly packing: Packing = createPacking()
  /** Row of the request clone by row of its request. */
  private cloneOf: Int32Array = new Int32Array(0)
  private pathOfDev: Int8Array = new Int8Array(256)
  private picture!: Picture
  private layout!: LaneLayout
  private facts!: LaneFacts
  private out!: Targets

  place(picture: Picture, layout: LaneLayout, facts: LaneFacts, out: Targets): void {
    this.picture = picture
    this.layout = layout
    this.facts = facts
    this.out = out
    this.begin()
    for (let slot = 0; slot < picture.slots.count; slot++) this.sort(slot)
    this.fixedGrid(this.app, layout.app.content, facts.ioSpan)
    this.placeDm()
    layout.paths.forEach((path, i) => this.placePath(path, i))
    this.placeInner()
  }

  private begin(): void {
    const { layout, picture } = this
    const paths = layout.paths.length
    this.out.reset(picture.slots.count, paths)
    if (this.bands.length !== paths) {
      this.bands = Array.from({ length: paths }, () => [])
      this.pathPockets = Array.from({ length: paths }, () => [])
      this.devices = Array.from({ length: paths }, () => [])
    }
    this.pathOfDev.fill(-1)
    layout.paths.forEach((path, i) => (this.pathOfDev[path.dev] = i))
    for (const list of [this.app, this.originals, this.dmClones, this.dmBand, this.choosing, this.dmPocket])
      list.length = 0
    for (const lists of [this.bands, this.pathPockets, this.devices])
      for (const list of lists) list.length = 0
    if (this.cloneOf.length < picture.slots.count) this.cloneOf = new Int32Array(picture.slots.capacity)
    this.cloneOf.fill(NO_SLOT, 0, picture.slots.count)
  }

  /** Puts a row on the list of its area and gives it its look. */
  private sort(slot: number): void {
    const { slots } = this.picture
    const type = slots.type[slot]! as ObjectType
    const place = slots.place[slot]! as Place
    this.out.colour[slot] = this.colourOf(slot)
    switch (type) {
      case ObjectType.free:
        return
      case ObjectType.io:
        if (place === Place.app) this.show(slot, Look.io, this.app)
        return
      case ObjectType.original:
      case ObjectType.clone:
      case ObjectType.fragment:
        this.sortBio(slot, type, place)
        return
      case ObjectType.request:
      case ObjectType.flush_request:
      case ObjectType.request_clone:
        this.sortRequest(slot, type, place)
    }
  }

  private sortBio(slot: number, type: ObjectType, place: Place): void {
    const look = type === ObjectType.clone ? Look.clone : Look.block
    const inBioMode = this.picture.header.mode === 'bio'
    if (place === Place.ended) {
      if (inBioMode ? type !== ObjectType.original : type !== ObjectType.clone) this.endInStrip(slot)
      return
    }
    // What a request clone carries is drawn as the bios of its request.
    if (place === Place.in_request || (type === ObjectType.clone && !inBioMode)) return
    if (place === Place.queued_bios || place === Place.deferred) {
      this.show(slot, look, this.dmPocket)
      this.out.pockets[0] = 1
      return
    }
    if (place === Place.choose) {
      this.show(slot, look, this.choosing)
      return
    }
    const path = this.pathIndex(slot)
    const rest = place === Place.waiting ? Look.waiting : look
    if (path >= 0) this.show(slot, rest, this.bands[path]!)
    else if (!inBioMode) this.show(slot, rest, this.dmBand)
    else if (type === ObjectType.original) this.show(slot, rest, this.originals)
    else this.show(slot, rest, this.dmClones)
  }

  private sortRequest(slot: number, type: ObjectType, place: Place): void {
    const { slots } = this.picture
    if (place === Place.ended || place === Place.none) return
    const path = this.pathIndex(slot)
    let look: Look = Look.frame
    if (type === ObjectType.request_clone) {
      look = Look.clone_frame
      const original = this.picture.find(slots.parent[slot]!)
      if (original !== NO_SLOT) this.cloneOf[original] = slot
    } else if (place === Place.issued || (place === Place.completing && path < 0)) look = Look.held
    if (place === Place.dispatch || place === Place.requeue || place === Place.flush) {
      this.out.pockets[path + 1] = 1
      this.show(slot, look, path < 0 ? this.dmPocket : this.pathPockets[path]!)
    } else if (path >= 0) {
      const atDevice = place === Place.device || place === Place.completing
      this.show(slot, look, atDevice ? this.devices[path]! : this.bands[path]!)
    } else if (look === Look.clone_frame) this.show(slot, look, this.choosing)
    else {
      // A request that chooses keeps its place in the band: it comes back there as an empty frame.
      this.show(slot, look, this.dmBand)
      if (place === Place.choose) this.choosing.push(slot)
    }
  }

  private show(slot: number, look: Look, list: number[]): void {
    this.out.look[slot] = look
    this.out.shown++
    list.push(slot)
  }

  private pathIndex(slot: number): number {
    return this.pathOfDev[this.picture.slots.dev[slot]!] ?? -1
  }

  private colourOf(slot: number): number {
    const sector = this.picture.slots.sector[slot]!
    return sector === SECTOR_UNDEFINED ? 0 : colourStep(sector, this.facts.range)
  }

  private endInStrip(slot: number): void {
    const { out, layout, facts } = this
    const { slots } = this.picture
    const size = slots.sizeSectors[slot]!
    if (size === 0 || slots.status[slot] !== 0) return
    const { strip } = layout.lun
    const span = Math.max(1, facts.range.lastSector - facts.range.firstSector)
    const at = (slots.sector[slot]! - facts.range.firstSector) / span
    out.look[slot] = Look.ended
    this.set(slot, strip.x + at * strip.w, strip.y + 2, Math.max(2, (size / span) * strip.w), strip.h - 4)
  }

  private set(slot: number, x: number, y: number, w: number, h: number): void {
    const { out } = this
    out.x[slot] = x
    out.y[slot] = y
    out.w[slot] = w
    out.h[slot] = h
  }

  private placeDm(): void {
    const { layout } = this
    const u = layout.unitPx
    const first = layout.dm.bands[0]!
    const area = this.out.pockets[0] === 1 ? besidePocket(first.content, first.pocket) : first.content
    const { app } = layout
    if (this.picture.header.mode === 'bio') {
      const half = area.h / 2
      const upper = rect(app.content.x, area.y, Math.min(app.content.w, area.w), half)
      this.fixedGrid(this.originals, upper, this.facts.bioSpan)
      this.row(this.dmClones, rect(upper.x, area.y + half, upper.w, half))
      this.putUnderOriginals()
    } else this.row(this.dmBand, area)
    this.row(this.dmPocket, pocketContent(first.pocket, u))
    this.row(this.choosing, this.choosingArea(), true)
  }

  /** A clone that has not gone yet stands below the original it was made from. */
  private putUnderOriginals(): void {
    const { slots } = this.picture
    for (const slot of this.dmClones) {
      const original = this.picture.find(slots.parent[slot]!)
      if (original !== NO_SLOT && this.out.look[original] === Look.waiting)
        this.out.x[slot] = this.out.x[original]!
    }
  }

  /** Between two selector nodes, so that the pointer to the chosen one has a way to go. */
  private choosingArea(): Rect {
    const { nodes, unitPx: u } = this.layout
    const content = this.layout.dm.bands.find((band) => band.kind === 'choose')!.content
    const right = nodes[Math.floor(nodes.length / 2)]!
    const left =
      nodes.length > 1
        ? nodes[Math.floor(nodes.length / 2) - 1]!
        : { x: content.x - right.radius, halfWidth: 0 }
    const gap = 30 * u
    const x = left.x + left.halfWidth + gap
    const w = Math.max(20 * u, right.x - right.halfWidth - gap - x)
    const h = Math.min(content.h, 30 * u)
    return rect(x, right.y - h / 2, w, h)
  }

  private placePath(path: PathBox, i: number): void {
    const { content, pocket } = path.band
    const used = this.out.pockets[i + 1] === 1
    this.row(this.bands[i]!, used ? besidePocket(content, pocket) : content)
    this.row(this.pathPockets[i]!, pocketContent(pocket, this.layout.unitPx))
    this.row(this.devices[i]!, path.device.content)
  }

  /** Cells that stay where they are while others come and go. */
  private fixedGrid(list: number[], area: Rect, span: number): void {
    if (list.length === 0) return
    const { slots } = this.picture
    const u = this.layout.unitPx
    const cells = span <= 4 * Math.max(16, list.length) ? span : list.length
    const natural = (bioWidth(this.facts.maxIoSectors) + BIO_GAP) * u
    const grid = gridFor(cells, area, natural, 9 * u, 6 * u)
    const h = Math.min(BIO_HEIGHT * u, grid.pitchY - Math.min(2 * u, grid.pitchY * 0.2))
    list.sort((a, b) => slots.id[a]! - slots.id[b]!)
    list.forEach((slot, rank) => {
      const cell = cells === span ? (this.facts.ordinalOf(slots.id[slot]!) - 1) % cells : rank
      const x = area.x + (cell % grid.columns) * grid.pitchX
      const y = area.y + Math.floor(cell / grid.columns) * grid.pitchY + (grid.pitchY - h) / 2
      const w = Math.min(bioWidth(slots.sizeSectors[slot]!) * u, grid.pitchX * 0.82)
      this.set(slot, x, y, w, h)
    })
  }

  /** Requests before bios, in the order in which they were born; a front that was cut off stands before its rest. */
  private readonly inBand = (a: number, b: number): number => {
    const { slots } = this.picture
    const frames = Number(isFrame(this.out.look[b]!)) - Number(isFrame(this.out.look[a]!))
    const related = slots.parent[a] === slots.id[b] || slots.parent[b] === slots.id[a]
    const cut = related ? slots.sector[a]! - slots.sector[b]! : 0
    return frames || cut || slots.id[a]! - slots.id[b]!
  }

  /** Bios and requests in one line. */
  private row(list: number[], area: Rect, centred = false): void {
    if (list.length === 0) return
    const { slots } = this.picture
    const u = this.layout.unitPx
    list.sort(this.inBand)
    this.widths.length = 0
    let frames = 0
    for (const slot of list) {
      const framed = isFrame(this.out.look[slot]!)
      if (framed) frames++
      this.widths.push((framed ? this.frameWidth(slot) : bioWidth(slots.sizeSectors[slot]!)) * u)
    }
    const bare = frames > 0 ? BIO_HEIGHT + 2 * FRAME_PAD : BIO_HEIGHT
    const oneRow = this.widths.reduce((sum, width) => sum + width, 0) <= area.w * 1.5
    const tabs = frames > 0 && oneRow && area.h >= (bare + TAB_HEIGHT) * u
    const style: PackStyle = {
      heightPx: bare * u,
      gapPx: (frames > 0 ? FRAME_GAP : BIO_GAP) * u,
      minRowPx: 7 * u,
      minScale: 0.6,
    }
    const below = tabs ? rect(area.x, area.y + TAB_HEIGHT * u, area.w, area.h - TAB_HEIGHT * u) : area
    pack(this.widths, below, style, this.packing)
    const hasTabs = tabs && this.packing.rows === 1
    if (tabs && !hasTabs) pack(this.widths, area, style, this.packing)
    const last = list.length - 1
    const free = area.x + area.w - this.packing.x[last]! - this.packing.w[last]!
    const shift = centred && this.packing.rows === 1 ? free / 2 : 0
    list.forEach((slot, i) => {
      this.set(slot, this.packing.x[i]! + shift, this.packing.y[i]!, this.packing.w[i]!, this.packing.itemH)
      if (hasTabs) this.out.tab[slot] = 1
    })
  }

  private frameWidth(slot: number): number {
    const { slots } = this.picture
    let width = 2 * FRAME_PAD
    let bios = 0
    for (let bio = this.firstBio(slot); bio >= 0; bio = slots.linkB[bio]!) {
      width += bioWidth(slots.sizeSectors[bio]!)
      bios++
    }
    return bios === 0 ? 2 * FRAME_PAD + bioWidth(slots.sizeSectors[slot]!) : width
  }

  private firstBio(slot: number): number {
    const { slots } = this.picture
    let owner = slot
    if (slots.type[slot] === ObjectType.request_clone) owner = this.picture.find(slots.parent[slot]!)
    return owner < 0 ? NO_SLOT : slots.linkA[owner]!
  }

  /** Bios of requests, inside the frame that stands for their request. */
  private placeInner(): void {
    const { slots } = this.picture
    const { out } = this
    for (let slot = 0; slot < out.count; slot++) {
      const look = out.look[slot]!
      if (look !== Look.frame && look !== Look.held) continue
      const clone = this.cloneOf[slot]!
      this.fillFrame(slot, clone === NO_SLOT ? slot : clone)
    }
    for (let slot = 0; slot < out.count; slot++) {
      if (out.host[slot]! >= 0)
        out.look[slot] = slots.type[slot] === ObjectType.clone ? Look.clone : Look.block
    }
  }

  private fillFrame(owner: number, host: number): void {
    const { slots } = this.picture
    const { out, layout } = this
    let natural = 0
    for (let bio = slots.linkA[owner]!; bio >= 0; bio = slots.linkB[bio]!)
      natural += bioWidth(slots.sizeSectors[bio]!)
    if (natural === 0) return
    const pad = Math.min(FRAME_PAD * layout.unitPx, out.h[host]! * 0.16, out.w[host]! * 0.2)
    const inner = inset(rect(out.x[host]!, out.y[host]!, out.w[host]!, out.h[host]!), pad)
    let x = inner.x
    for (let bio = slots.linkA[owner]!; bio >= 0; bio = slots.linkB[bio]!) {
      const w = (bioWidth(slots.sizeSectors[bio]!) / natural) * inner.w
      const seam = Math.min(1.2 * layout.unitPx, w * 0.12)
      this.set(bio, x, inner.y, w - seam, inner.h)
      out.host[bio] = host
      out.shown++
      x += w
    }
  }
}

function isFrame(look: number): boolean {
  return look === Look.frame || look === Look.held || look === Look.clone_frame
}

function besidePocket(content: Rect, pocket: Rect): Rect {
  return rect(content.x, content.y, Math.max(10, pocket.x - content.x - 4), content.h)
}

/** A pocket's name stands above what is in it. */
function pocketContent(pocket: Rect, u: number): Rect {
  return rect(pocket.x + 6 * u, pocket.y + 15 * u, pocket.w - 12 * u, pocket.h - 17 * u)
}
