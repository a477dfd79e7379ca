/**
 * The time an administrator's shell takes. A task that gives commands is a shell script: every step of it starts a
 * process first. The default is that of the traced machine, a slow emulator; a scenario may say otherwise
 * (`shell_step_ns`), and what is done from outside (a click, a console) takes no time at all.
 *
 * Read off the traces: 44 ms from one `echo` to the next (e11), 27 ms a step for `sleep` and `echo` (e21), 86 to 120 ms
 * from the call of dmsetup to its effect (e14, e21).
 */
import type { Step } from '../scenario.ts'
import { ACCIDENTS } from './accidents.ts'

export const DEFAULT_SHELL_STEP_NS = 40_000_000
/** dmsetup opens the control device, waits for udev and so on: longer than a mere process. */
const DMSETUP_STEPS = 3

/** True for a task that a shell carries out; others are one program. */
export function isShell(steps: readonly Step[]): boolean {
  return steps.some((step) => !OF_A_PROGRAM.some((field) => field in step))
}

/** An injection is an accident too, but a script that orders one writes into a file of the driver's. */
const UNTYPED = ACCIDENTS.filter((field) => field !== 'inject')
const OF_A_PROGRAM = ['io', 'fio', 'fio_jobs', 'cpu', 'sleep_ns', 'status', 'table', ...UNTYPED]

const NO_PROCESS = ['io', 'cpu', 'join', 'repeat_until_done', ...ACCIDENTS]
const ONE_PROCESS = ['sysfs', 'rescan', 'sleep_ns', 'start', 'fio', 'fio_jobs']

/** How many shell steps pass before this step has its effect. */
export function shellStepsBefore(step: Step): number {
  if (NO_PROCESS.some((field) => field in step)) return 0
  return ONE_PROCESS.some((field) => field in step) ? 1 : DMSETUP_STEPS
}
