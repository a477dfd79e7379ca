/** Texts of a run, for files and for the screen. */
export { createWriter, FORMATS, type Format } from './writer.ts'
export { stateLines, type Sources, type TextWriter } from './sources.ts'
