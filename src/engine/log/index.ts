/** The log door: everything outside the engine that reads events imports from here. */
export * from './kinds.ts'
export * from './status.ts'
export * from './rwbs.ts'
export * from './columns.ts'
export * from './header.ts'
export * from './names.ts'
// what steps cost and objects take, with the source of every figure: events are counted in them
export * from '../kernel/costs.ts'
export * from '../kernel/cpu-steps.ts'
export * from '../kernel/figures.ts'
export * from '../kernel/object-classes.ts'
export * from '../kernel/sizes.ts'
