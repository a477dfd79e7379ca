/**
 * State of the devices of a lane in a picture: one row per device of the header, one more for events of no device.
 *
 * Everything here was said by an event or by the header; nothing is derived from objects, except the counts by place and
 * the tags in use, which are kept beside the objects so that nobody has to count them in a frame.
 */
import { DeviceState, type RunHeader, TimerKind } from '../engine/log/index.ts'
import { COUNTER_COUNT, SIZE_BUCKETS } from './counters.ts'
import { PLACE_COUNT } from './places.ts'

/** Timer kinds run from 1. */
export const TIMER_KINDS: number = Math.max(...Object.values(TimerKind)) + 1
/** In the due time of a timer: not armed. */
export const NOT_ARMED = -1

export class DeviceTable {
  /** Rows: the header's devices and a last one for DEV_NONE. */
  readonly rows: number
  /** Objects by row and place (row * PLACE_COUNT + place), ended ones not counted. */
  readonly inPlace: Int32Array
  /** Requests by row and place; the rest of inPlace are bios. */
  readonly requestsInPlace: Int32Array
  /** Counters by row (row * COUNTER_COUNT + counter). */
  readonly counters: Float64Array
  /** Sizes of commands issued, by row (row * SIZE_BUCKETS + bucket). */
  readonly sizes: Float64Array
  readonly schedTagsInUse: Int32Array
  readonly driverTagsInUse: Int32Array
  /** DeviceState. */
  readonly state: Uint8Array
  /** 1 while its cable is out, whether the kernel has noticed or not. */
  readonly cableOut: Uint8Array
  /** 1 while it gives no answer, whether the kernel has noticed or not. */
  readonly silent: Uint8Array
  /** Thousandths of the time as written that it takes for everything. */
  readonly pace: Int32Array
  readonly queueDepth: Int32Array
  readonly nrRequests: Int32Array
  /** 1 where the queue has a scheduler (tags of requests are scheduler tags then). */
  readonly hasScheduler: Uint8Array
  /** Priority group of a path, from 1; 0 for what is not a path of the map. */
  readonly group: Uint8Array
  /** 1 while multipath considers the path active. */
  readonly pathActive: Uint8Array
  readonly failCount: Int32Array
  /** Between start_io and end_io of the selector. */
  readonly inFlightIos: Int32Array
  readonly inFlightSectors: Float64Array
  /** historical service time in the selector's fixed point; 0 before the first. */
  readonly historicalServiceTime: Float64Array
  /** When the path was chosen last, ns; -1 never. */
  readonly chosenNs: Float64Array
  /** DmState of a device of device-mapper as last reported, 0 = none. */
  readonly dmState: Uint8Array
  /** 1 while the activation of the path runs. */
  readonly activating: Uint8Array
  /** Due time by timer kind and row (kind * rows + row), NOT_ARMED where there is none. */
  readonly timerDueNs: Float64Array
  /** When that timer was armed. */
  readonly timerArmedNs: Float64Array

  constructor(header: RunHeader) {
    const rows = header.devices.length + 1
    this.rows = rows
    this.inPlace = new Int32Array(rows * PLACE_COUNT)
    this.requestsInPlace = new Int32Array(rows * PLACE_COUNT)
    this.counters = new Float64Array(rows * COUNTER_COUNT)
    this.sizes = new Float64Array(rows * SIZE_BUCKETS)
    this.schedTagsInUse = new Int32Array(rows)
    this.driverTagsInUse = new Int32Array(rows)
    this.state = new Uint8Array(rows).fill(DeviceState.running)
    this.cableOut = new Uint8Array(rows)
    this.silent = new Uint8Array(rows)
    this.pace = new Int32Array(rows).fill(1000)
    this.queueDepth = Int32Array.from({ length: rows }, (_, i) => header.devices[i]?.queueDepth ?? 0)
    this.nrRequests = Int32Array.from({ length: rows }, (_, i) => header.devices[i]?.nrRequests ?? 0)
    this.hasScheduler = Uint8Array.from({ length: rows }, (_, i) =>
      hasScheduler(header.devices[i]?.scheduler),
    )
    this.group = new Uint8Array(rows)
    this.pathActive = new Uint8Array(rows)
    for (const path of header.paths) {
      this.group[path.dev] = path.group
      this.pathActive[path.dev] = 1
    }
    this.failCount = new Int32Array(rows)
    this.inFlightIos = new Int32Array(rows)
    this.inFlightSectors = new Float64Array(rows)
    this.historicalServiceTime = new Float64Array(rows)
    this.chosenNs = new Float64Array(rows).fill(-1)
    this.dmState = new Uint8Array(rows)
    this.activating = new Uint8Array(rows)
    this.timerDueNs = new Float64Array(rows * TIMER_KINDS).fill(NOT_ARMED)
    this.timerArmedNs = new Float64Array(rows * TIMER_KINDS)
  }

  /** Row of a device index of the log. */
  row(dev: number): number {
    return dev < this.rows - 1 ? dev : this.rows - 1
  }

  copyFrom(other: DeviceTable): void {
    const mine = this.columns()
    const theirs = other.columns()
    for (let i = 0; i < mine.length; i++) mine[i]!.set(theirs[i]!)
  }

  get byteLength(): number {
    return this.columns().reduce((sum, column) => sum + column.byteLength, 0)
  }

  columns(): (Float64Array | Int32Array | Uint8Array)[] {
    return [
      this.inPlace,
      this.requestsInPlace,
      this.counters,
      this.sizes,
      this.schedTagsInUse,
      this.driverTagsInUse,
      this.state,
      this.cableOut,
      this.silent,
      this.pace,
      this.queueDepth,
      this.nrRequests,
      this.hasScheduler,
      this.group,
      this.pathActive,
      this.failCount,
      this.inFlightIos,
      this.inFlightSectors,
      this.historicalServiceTime,
      this.chosenNs,
      this.dmState,
      this.activating,
      this.timerDueNs,
      this.timerArmedNs,
    ]
  }
}

function hasScheduler(name: string | undefined): number {
  return name === undefined || name === 'none' ? 0 : 1
}
