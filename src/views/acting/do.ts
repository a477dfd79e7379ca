/** Carries out what was chosen, in the branch that a lane shows, and says so; and again where the machine refuses it. */
import type { ActStep } from '../../commands/index.ts'
import type { Session } from '../../store/session.ts'
import type { Desk } from './desk.ts'

export async function carryOut(
  session: Session,
  desk: Desk,
  lane: number,
  what: string | readonly ActStep[],
): Promise<boolean> {
  const acted = await session.doing.act(what, undefined, lane)
  if (!acted.ok) {
    desk.say({ text: acted.sentence })
    return false
  }
  const { command, undo, alone } = acted
  const done = { command, ...(alone === undefined ? {} : { lane: alone }) }
  desk.say({ ...done, undo })
  const { refusal, impossible } = await acted.verdict
  if (refusal !== undefined) desk.say({ ...done, text: refusal, ...(impossible ? {} : { undo }) })
  return refusal === undefined
}
