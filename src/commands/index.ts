/** The door of the room: parse, print, complete, the table. Imported when somebody acts, not before. */
export { parseCommand } from './parse.ts'
export { complete, type Completion, type CompletionWord } from './complete.ts'
export { printStep } from './print.ts'
export {
  reloadWithoutPath,
  reloadWithPath,
  reloadWithSelector,
  tableFacts,
  type LiveTable,
} from './reload.ts'
export { COMMANDS, helpText, type CommandEntry } from './table.ts'
export { worldOf, type World, type WorldDevice } from './world.ts'
export type { ActStep, Parsed } from './parsed.ts'
