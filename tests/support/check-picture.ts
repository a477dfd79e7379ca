/** Counts everything that a picture keeps beside its objects anew from the objects, and names what disagrees. */
import { OBJECT_CLASS_COUNT, OBJECT_SIZES } from '../../src/engine/log/index.ts'
import { Counter } from '../../src/record/counters.ts'
import type { Picture } from '../../src/record/picture.ts'
import { isRequest, NO_TAG, objectId, ObjectType, Place, PLACE_COUNT } from '../../src/record/places.ts'

export function disagreements(p: Picture): string[] {
  const complaints: string[] = []
  const expectEqual = (what: string, kept: number, counted: number): void => {
    if (kept !== counted) complaints.push(`event ${p.index}: ${what} is kept as ${kept}, counted ${counted}`)
  }
  const { slots, devices } = p
  const inPlace = new Int32Array(devices.inPlace.length)
  const requests = new Int32Array(devices.inPlace.length)
  const schedTags = new Int32Array(devices.rows)
  const driverTags = new Int32Array(devices.rows)
  const children = new Map<number, number>()
  const live = new Int32Array(OBJECT_CLASS_COUNT)
  let originals = 0
  let ios = 0
  for (let slot = 0; slot < slots.count; slot++) {
    const type = slots.type[slot]!
    if (type === ObjectType.free) continue
    const id = slots.id[slot]!
    expectEqual(`row of id ${id}`, p.slotOf(objectId(id)), slot)
    if (slots.place[slot] === Place.ended) continue
    live[slots.objectClass[slot]!]!++
    const at = devices.row(slots.dev[slot]!) * PLACE_COUNT + slots.place[slot]!
    inPlace[at]!++
    if (isRequest(type)) {
      requests[at]!++
      const row = devices.row(type === ObjectType.request_clone ? slots.chosen[slot]! : slots.dev[slot]!)
      if (slots.schedTag[slot] !== NO_TAG) schedTags[row]!++
      if (slots.driverTag[slot] !== NO_TAG) driverTags[row]!++
    } else children.set(slots.parent[slot]!, (children.get(slots.parent[slot]!) ?? 0) + 1)
    if (type === ObjectType.original) originals++
    if (type === ObjectType.io) ios++
  }
  devices.inPlace.forEach((kept, i) => expectEqual(`inPlace[${i}]`, kept, inPlace[i]!))
  devices.requestsInPlace.forEach((kept, i) => expectEqual(`requestsInPlace[${i}]`, kept, requests[i]!))
  devices.schedTagsInUse.forEach((kept, i) => expectEqual(`scheduler tags of ${i}`, kept, schedTags[i]!))
  devices.driverTagsInUse.forEach((kept, i) => expectEqual(`driver tags of ${i}`, kept, driverTags[i]!))
  for (let slot = 0; slot < slots.count; slot++) {
    const type = slots.type[slot]!
    if (type === ObjectType.free || slots.place[slot] === Place.ended) continue
    if (type === ObjectType.request) complaints.push(...listFaults(p, slot))
    else if (!isRequest(type)) {
      const id = slots.id[slot]!
      expectEqual(`children of ${id}`, slots.remaining[slot]!, children.get(id) ?? 0)
    }
  }
  for (const { objectClass, what } of OBJECT_SIZES)
    expectEqual(`${what} alive`, p.ledger.live[objectClass]!, live[objectClass]!)
  const bytes = OBJECT_SIZES.reduce((sum, one) => sum + live[one.objectClass]! * one.slabBytes, 0)
  expectEqual('bytes alive', p.ledger.bytesLive, bytes)
  expectEqual('originals alive', p.originalsLive, originals)
  expectEqual('bios in flight', p.total(Counter.bios_accepted) - p.total(Counter.bios_completed), originals)
  expectEqual('ios in flight', p.total(Counter.ios_submitted) - p.total(Counter.ios_completed), ios)
  expectEqual('ios alive', p.iosLive, ios)
  expectEqual('contradictions', p.contradictions, 0)
  return complaints
}

/** The bios of a request: in it, as many as it says, one behind the other in sectors, and together as long as it is. */
function listFaults(p: Picture, request: number): string[] {
  const { slots } = p
  const name = `event ${p.index}: request ${slots.id[request]!}`
  const faults: string[] = []
  const bios = p.biosOf(request)
  if (bios.length !== slots.remaining[request])
    faults.push(`${name} says ${slots.remaining[request]!} bios, has ${bios.length}`)
  if (bios.length === 0) return faults
  // Bios of a request whose completion was reported end one after the other and leave gaps.
  const shrinking = slots.place[request] === Place.completing
  let sector = slots.sector[request]!
  let previous = -1
  for (const bio of bios) {
    if (slots.container[bio] !== slots.id[request]) faults.push(`${name} lists a bio of another container`)
    if (!shrinking && slots.sector[bio] !== sector)
      faults.push(`${name} has a gap before sector ${slots.sector[bio]!}, expected ${sector}`)
    if (slots.linkA[bio] !== previous) faults.push(`${name} has a broken link backwards`)
    sector += slots.sizeSectors[bio]!
    previous = bio
  }
  if (!shrinking && sector !== slots.sector[request]! + slots.sizeSectors[request]!)
    faults.push(`${name} is not as long as its bios`)
  return faults
}

/** Everything a picture says, as plain data, to compare two of them. */
export function contents(p: Picture): unknown {
  const { slots } = p
  const rows = slots.columns().map((column) => Array.from(column.subarray(0, slots.count)))
  const { index, timeNs, lastChoice, nextInLine, currentGroup, mpathFlags, dmState, bypassedGroups } = p
  const { activations, originalsLive, iosLive, contradictions } = p
  const devices = p.devices.columns().map((column) => Array.from(column))
  const tasks = Array.from({ length: p.tasks.count }, (_, i) => p.tasks.of(i))
  return {
    ...{ index, timeNs, lastChoice, nextInLine, currentGroup, mpathFlags, dmState, bypassedGroups },
    ...{ activations, originalsLive, iosLive, contradictions },
    firstFree: slots.firstFree,
    rows,
    devices,
    tasks,
  }
}
