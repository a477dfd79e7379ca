/**
 * The engine's door. A run is a pure function of its input: same input, byte-identical event log.
 *
 *     const run = createRun({ scenario, mode: 'rq' })
 *     while (run.advance(50_000) === 'running') sink(run.takeChunks())
 *     sink(run.takeChunks()); run.result()
 */
export { createRun, Run, type RunInput } from './run.ts'
export { AskedRun } from './ask/asked-run.ts'
export { ScenarioError } from './error.ts'
export { KERNELS, DEFAULT_KERNEL } from './kernel/versions.ts'
export type { KernelProfile } from './kernel/profile.ts'
export { INJECTABLE } from './drivers/injectable.ts'
export { isMeantFor, KERNEL_REMEDY, kernelHas } from './kernel/choose.ts'
export { parseMultipathTable } from './dm/mpath/table.ts'
export { QUEUE_ATTRIBUTES as WRITABLE_QUEUE_ATTRIBUTES } from './workload/queue-attributes.ts'
export { planStack, topSectors } from './workload/stack-plan.ts'
export { sdName } from './drivers/sd-name.ts'
export { MULTIPATHD_DEFAULTS, type MultipathdOptions } from './multipathd/options.ts'
export { TRANSPORT_NUMBERS, transportFile, type TransportFile } from './workload/transport-files.ts'
export type * from './scenario.ts'
export type { Question } from './question.ts'
