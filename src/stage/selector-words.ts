/** The selector's own data on a path: what it decides by, as it is counted now. */
import type { RunResult } from '../engine/log/index.ts'
import { durationText } from '../lib/duration.ts'
import type { Picture } from '../record/picture.ts'
import { cpusOfMask, selectorArgs } from './selector-args.ts'
import { bytesText, countText } from './words.ts'

/** historical-service-time keeps its averages shifted by so many bits (HST_FIXED_SHIFT). */
const HST_SHIFT = 10

export function selectorOf({ header }: Picture, group: number): string {
  return header.selectors[group - 1] ?? header.selectors[0] ?? ''
}

/** What stands below a node; empty where the selector keeps nothing on a path and it is not next. */
export function nodeWords(picture: Picture, dev: number, result: RunResult | undefined): string {
  const { devices, header } = picture
  if (devices.activating[dev] === 1) return 'activating'
  if (devices.pathActive[dev] === 0) return 'failed'
  const args = selectorArgs(header, result, dev)
  switch (selectorOf(picture, devices.group[dev]!)) {
    case 'queue-length':
    case 'queue-depth':
      return `${countText(devices.inFlightIos[dev]!)} in flight`
    case 'service-time': {
      const throughput = Number(args[1] ?? 1)
      return `${bytesText(devices.inFlightSectors[dev]!)}${throughput === 1 ? '' : ` ÷ ${throughput}`} in flight`
    }
    case 'historical-service-time': {
      const hst = devices.historicalServiceTime[dev]!
      const mean = hst === 0 ? 'no history' : `≈ ${durationText(hst / 2 ** HST_SHIFT, 2)}`
      return `${mean} · ${countText(devices.inFlightIos[dev]!)}`
    }
    case 'io-affinity':
      return args[0] === undefined ? '' : cpusOfMask(args[0])
    default:
      return isNext(picture, dev) ? 'next' : ''
  }
}

/** Next in line, in the group that is used. */
export function isNext({ nextInLine, currentGroup, devices }: Picture, dev: number): boolean {
  return nextInLine === dev && (currentGroup === 0 || devices.group[dev] === currentGroup)
}

/** The same figure without its unit, where nodes stand close; the band says what is counted. */
export function nodeFigure(picture: Picture, dev: number): string {
  const { devices } = picture
  if (devices.pathActive[dev] === 0) return '✕'
  switch (selectorOf(picture, devices.group[dev]!)) {
    case 'queue-length':
    case 'queue-depth':
    case 'historical-service-time':
      return countText(devices.inFlightIos[dev]!)
    case 'service-time':
      return bytesText(devices.inFlightSectors[dev]!)
    default:
      return ''
  }
}
