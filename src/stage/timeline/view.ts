/** What part of the show a time axis covers, in pixels, and how that part is zoomed and moved. */
import type { TimeMap } from '../../record/time-map.ts'

export interface TimeView {
  readonly map: TimeMap
  /** Range of the show that is visible, ms. */
  readonly fromMs: number
  readonly toMs: number
  readonly widthPx: number
}

export interface TimelineView extends TimeView {
  readonly heightPx: number
  readonly unitPx: number
}

/** Part of a run in simulated time; undefined is all of it. */
export type Window = { readonly fromNs: number; readonly toNs: number } | undefined

export function xOf(view: TimeView, ms: number): number {
  return ((ms - view.fromMs) / (view.toMs - view.fromMs)) * view.widthPx
}

export function msOf(view: TimeView, x: number): number {
  return view.fromMs + (x / view.widthPx) * (view.toMs - view.fromMs)
}

export function xOfNs(view: TimeView, ns: number): number {
  return xOf(view, view.map.toShown(ns))
}

export function nsOf(view: TimeView, x: number): number {
  return view.map.toSim(msOf(view, x))
}

/** Simulated time at the left edge of each column and at the right edge of the last: columns + 1 values that never fall. */
export function columnEdges(view: TimeView, columns: number): Float64Array {
  return Float64Array.from({ length: columns + 1 }, (_, i) => nsOf(view, (i / columns) * view.widthPx))
}

/** A thousandth of the show, but never less than a few events apart, is as near as one can look. */
const NEAREST_SHARE = 1 / 5000

/** Shown part of the show, ms. */
export function shownPart(map: TimeMap, window: Window): { fromMs: number; toMs: number } {
  const total = Math.max(1, map.totalShownMs)
  if (window === undefined) return { fromMs: 0, toMs: total }
  const fromMs = Math.min(map.toShown(window.fromNs), total * (1 - NEAREST_SHARE))
  return { fromMs, toMs: Math.min(total, Math.max(map.toShown(window.toNs), fromMs + total * NEAREST_SHARE)) }
}

/** Nearer (factor < 1) or farther, around a moment of the show that stays where it is. */
export function zoomed(map: TimeMap, window: Window, aroundMs: number, factor: number): Window {
  const { fromMs, toMs } = shownPart(map, window)
  const total = Math.max(1, map.totalShownMs)
  const length = Math.min(total, Math.max(total * NEAREST_SHARE, (toMs - fromMs) * factor))
  const share = (aroundMs - fromMs) / (toMs - fromMs)
  return partFrom(map, aroundMs - share * length, length)
}

/** Moved along by so many ms of the show, no further than its ends. */
export function panned(map: TimeMap, window: Window, byMs: number): Window {
  const { fromMs, toMs } = shownPart(map, window)
  return partFrom(map, fromMs + byMs, toMs - fromMs)
}

/** The part between two moments of the show, in any order. */
export function partBetween(map: TimeMap, aMs: number, bMs: number): Window {
  const from = Math.min(aMs, bMs)
  return partFrom(map, from, Math.max(map.totalShownMs * NEAREST_SHARE, Math.abs(aMs - bMs)))
}

function partFrom(map: TimeMap, fromMs: number, lengthMs: number): Window {
  const total = Math.max(1, map.totalShownMs)
  if (lengthMs >= total) return undefined
  const from = Math.min(Math.max(0, fromMs), total - lengthMs)
  return { fromNs: map.toSim(from), toNs: map.toSim(from + lengthMs) }
}
