/** The log door: everything outside the engine that reads events imports from here. */
export * from './kinds.ts'
export * from './status.ts'
export * from './rwbs.ts'
export * from './columns.ts'
export * from './header.ts'
export * from './names.ts'
