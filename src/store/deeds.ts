/** What is loaded when somebody first acts, opens the console or looks for a moment: a first visit does without. */
export { Acting, type Acted } from './acting.ts'
export { Console, type ConsoleEntry, type ConsoleState, type ConsoleStore } from './console.ts'
export { Seeker } from './seeker.ts'
export { lanesNow, Verdicts } from './verdicts.ts'
