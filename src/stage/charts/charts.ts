/** The charts, in the order in which they are shown. */
import type { Chart } from './chart.ts'
import { addresses, heat } from './grids.ts'
import { latency, sizes } from './histograms.ts'
import { cpu, memory } from './ledger-charts.ts'
import { load, merges, tags } from './series.ts'

export const CHARTS: readonly Chart[] = [sizes, load, latency, heat, addresses, merges, tags, cpu, memory]
