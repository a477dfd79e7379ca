/** Carries out what was chosen, in the branch that a lane shows, and says so. */
import type { ActStep } from '../../commands/index.ts'
import type { Session } from '../../store/session.ts'
import type { Desk } from './desk.ts'

export async function carryOut(
  session: Session,
  desk: Desk,
  lane: number,
  what: string | readonly ActStep[],
): Promise<boolean> {
  const { branches, scenario } = session
  const pin = scenario.getState().lanes[lane]?.pin
  const before = branches.getState().current
  // A pinned lane grows its own branch; the others stay where they are.
  if (pin !== undefined) branches.getState().switchTo(pin)
  const acted = await session.act(what)
  if (pin !== undefined && acted.ok) scenario.getState().setLane(lane, { pin: acted.branch })
  if (pin !== undefined) branches.getState().switchTo(before)
  desk.say({ text: acted.ok ? acted.command : acted.sentence, done: acted.ok && pin === undefined })
  return acted.ok
}
