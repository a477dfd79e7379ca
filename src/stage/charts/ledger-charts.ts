/** Charts of the ledger: what the kernel's work costs, what its objects take. */
import { COST_TABLE, ObjectClass } from '../../engine/log/index.ts'
import { durationText } from '../../lib/duration.ts'
import { bytesText } from '../words.ts'
import type { Chart } from './chart.ts'

/** `dmClone` as words. */
function stepWords(step: string): string {
  return step.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

const OBJECT_WORDS: ReadonlyMap<number, string> = new Map(
  Object.entries(ObjectClass).map(([name, number]) => [number, name.replaceAll('_', ' ')]),
)

function objectWords(objectClass: number): string {
  return OBJECT_WORDS.get(objectClass) ?? `object ${objectClass}`
}

/** Steps with a row of their own, the dearest ones. */
const MOST_STEPS = 11

export const cpu: Chart = {
  id: 'cpu',
  title: 'CPU time by step',
  about:
    'What the kernel’s work costs, step by step. Merging before cloning saves clones; a request costs more than a bio.',
  xLabel: 'step',
  yLabel: 'CPU time',
  yUnit: 'ns',
  axis: 'value',
  data: ({ ledgers }) => {
    const steps = (ledgers.find((ledger) => ledger !== undefined)?.steps ?? []).map(({ step }) => step)
    const nsOf = (lane: number, step: (typeof steps)[number]): number =>
      ledgers[lane]?.steps.find((line) => line.step === step)?.ns ?? 0
    const most = (step: (typeof steps)[number]): number =>
      Math.max(...ledgers.map((_, lane) => nsOf(lane, step)))
    const bySize = steps.filter((step) => most(step) > 0).sort((a, b) => most(b) - most(a))
    const shown = steps.filter((step) => bySize.indexOf(step) >= 0 && bySize.indexOf(step) < MOST_STEPS)
    const others = bySize.slice(MOST_STEPS)
    const rows = shown.map((step) => ({
      label: stepWords(step),
      about: COST_TABLE.find((entry) => entry.step === step)?.what ?? step,
    }))
    const rest = { label: `${others.length} others`, about: others.map(stepWords).join(', ') }
    return {
      kind: 'rows',
      colour: 'choose',
      text: durationText,
      rows: others.length > 0 ? [...rows, rest] : rows,
      values: ledgers.map((_, lane) => {
        const own = shown.map((step) => nsOf(lane, step))
        const ofOthers = others.reduce((sum, step) => sum + nsOf(lane, step), 0)
        return others.length > 0 ? [...own, ofOthers] : own
      }),
    }
  },
}

export const memory: Chart = {
  id: 'memory',
  title: 'Memory of objects',
  about:
    'The most bytes that objects of each kind took at once. A request holds more than a bio and is there for its tag.',
  xLabel: 'kind of object',
  yLabel: 'bytes',
  yUnit: 'bytes',
  axis: 'value',
  data: ({ ledgers }) => {
    const kinds = ledgers.find((ledger) => ledger !== undefined)?.objects.map(({ size }) => size) ?? []
    const bytesOf = (lane: number, row: number): number => {
      const line = ledgers[lane]?.objects[row]
      return line === undefined ? 0 : line.peak * line.size.slabBytes
    }
    const met = kinds.map((_, row) => row).filter((row) => ledgers.some((_, lane) => bytesOf(lane, row) > 0))
    return {
      kind: 'rows',
      colour: 'split',
      text: (bytes) => bytesText(bytes / 512),
      rows: met.map((row) => ({ label: objectWords(kinds[row]!.objectClass), about: kinds[row]!.what })),
      values: ledgers.map((_, lane) => met.map((row) => bytesOf(lane, row))),
    }
  },
}
