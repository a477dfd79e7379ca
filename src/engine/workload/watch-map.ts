/** multipathd as a program of this machine: what it reads of the stack, and the commands that it gives. */
import { infoLine } from '../dm/mpath/status.ts'
import type { Machine } from '../machine.ts'
import type { MultipathdOptions } from '../multipathd/options.ts'
import { Multipathd } from '../multipathd/multipathd.ts'
import type { MultipathdWorld } from '../multipathd/world.ts'
import type { Stack } from './stack.ts'

/** Carries out a command of an administrator. */
type Command = MultipathdWorld['command']

export function startMultipathd(
  m: Machine,
  stack: Stack,
  command: Command,
  options: MultipathdOptions,
  table: string,
): Multipathd {
  const world: MultipathdWorld = {
    m,
    mapIndex: stack.md.index,
    get status() {
      return infoLine(stack.md.target)
    },
    overPresentDisks: (line) => stack.overPresentDisks(line),
    disk: (dev) => stack.paths.find((path) => path.dev === dev),
    command,
  }
  const daemon = new Multipathd(world, options, table)
  daemon.start()
  return daemon
}
